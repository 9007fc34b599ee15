#ifndef PDV_SERVICES_FINANCEMENT_APP_ARRETER_PROGRAMMATION_H_
#define PDV_SERVICES_FINANCEMENT_APP_ARRETER_PROGRAMMATION_H_

#include "common/store/mutation.h"
#include "pdv/financement/v1/programmation.pb.h"

namespace pdv::financement {

// EN_PREPARATION → ARRETEE, by the préfet (PERIMETRE_INSUFFISANT for one who is not the État's).
// The store refuses it (constraint programmation_lignes_decidees) while a proposed line of the
// contrat and exercice waits for its vote.
store::Mutation ArreterProgrammation(const v1::ArreterProgrammationRequest& request);

}  // namespace pdv::financement

#endif  // PDV_SERVICES_FINANCEMENT_APP_ARRETER_PROGRAMMATION_H_
