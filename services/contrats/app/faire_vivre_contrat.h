#ifndef PDV_SERVICES_CONTRATS_APP_FAIRE_VIVRE_CONTRAT_H_
#define PDV_SERVICES_CONTRATS_APP_FAIRE_VIVRE_CONTRAT_H_

#include "common/store/mutation.h"
#include "pdv/contrats/v1/contrat.pb.h"

namespace pdv::contrats {

// SIGNE → EN_VIGUEUR, on or after its beginning.
store::Mutation MettreEnVigueurContrat(const v1::MettreEnVigueurContratRequest& request);
// EN_VIGUEUR → CLOS, after its end.
store::Mutation CloreContrat(const v1::CloreContratRequest& request);

}  // namespace pdv::contrats

#endif  // PDV_SERVICES_CONTRATS_APP_FAIRE_VIVRE_CONTRAT_H_
