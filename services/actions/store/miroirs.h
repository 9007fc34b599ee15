#ifndef PDV_SERVICES_ACTIONS_STORE_MIROIRS_H_
#define PDV_SERVICES_ACTIONS_STORE_MIROIRS_H_

#include <string_view>

#include "common/store/changes.h"
#include "common/store/table.h"

namespace pdv::actions {

// What this service keeps of its peer contrats, fed by its feed (common/mirror).
const store::Table& MiroirContrat();
const store::Table& MiroirQpv();
const store::Table& MiroirThematique();
const store::Table& MiroirDispositif();
const store::Table& MiroirCorrespondance();

// And of its peer financement.
const store::Table& MiroirFinanceur();
const store::Table& MiroirLigne();
const store::Table& MiroirBudget();

// A row of a mirror that the mutation read; nullptr where there is none, or it was deleted there.
template <class T>
const T* Miroir(const store::Changes& changes, const store::Table& mirror, std::string_view name) {
  const auto* row = static_cast<const T*>(changes.FindRow(mirror, name));
  if (row == nullptr) return nullptr;
  if constexpr (requires { row->has_delete_time(); }) {
    if (row->has_delete_time()) return nullptr;
  }
  return row;
}

}  // namespace pdv::actions

#endif  // PDV_SERVICES_ACTIONS_STORE_MIROIRS_H_
