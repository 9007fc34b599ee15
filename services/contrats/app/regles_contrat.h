#ifndef PDV_SERVICES_CONTRATS_APP_REGLES_CONTRAT_H_
#define PDV_SERVICES_CONTRATS_APP_REGLES_CONTRAT_H_

#include <vector>

#include "absl/status/status.h"
#include "common/store/mutation.h"
#include "pdv/contrats/v1/avenant.pb.h"
#include "pdv/contrats/v1/contrat.pb.h"

namespace pdv::contrats {

// What create, update, delete and import ask of a contrat beyond its fields
// (service::ResourceHooks). Created: PROJET. Imported: a register tells contrats that were signed;
// they arrive so, with the state that their dates tell today and their revision 1. A signed contrat
// only changes its population: anything else is CONTRAT_SIGNE, for an import row by row.
absl::Status ReglesContrat(const v1::Contrat* before, v1::Contrat& after, store::Changes& changes);
// The territories that it cites; they have no single collection that an option could name.
std::vector<store::Read> LecturesContrat(const v1::Contrat& contrat);

// An avenant is checked against its contrat as soon as it is written; signed, it never changes.
absl::Status ReglesAvenant(const v1::Avenant* before, v1::Avenant& after, store::Changes& changes);

}  // namespace pdv::contrats

#endif  // PDV_SERVICES_CONTRATS_APP_REGLES_CONTRAT_H_
