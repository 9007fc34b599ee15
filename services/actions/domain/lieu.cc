#include "services/actions/domain/lieu.h"

#include <set>
#include <string>

namespace pdv::actions {
namespace {

// The only element; "" where there are none or several.
std::string Seul(const std::set<std::string>& names) {
  return names.size() == 1 ? *names.begin() : "";
}

}  // namespace

void CompleterLieu(const contrats::v1::Contrat* contrat,
                   const std::vector<const contrats::v1::Qpv*>& quartiers, v1::Action* action) {
  std::set<std::string> departements, regions;
  if (contrat != nullptr) {
    departements.insert(contrat->departements().begin(), contrat->departements().end());
    regions.insert(contrat->regions().begin(), contrat->regions().end());
  }
  std::set<std::string> departements_qpv, regions_qpv;
  for (const auto* quartier : quartiers) {
    departements_qpv.insert(quartier->departement());
    regions_qpv.insert(quartier->region());
  }
  if (action->departement().empty()) action->set_departement(Seul(departements));
  if (action->departement().empty()) action->set_departement(Seul(departements_qpv));
  if (action->region().empty()) action->set_region(Seul(regions));
  if (action->region().empty()) action->set_region(Seul(regions_qpv));
}

}  // namespace pdv::actions
