#ifndef PDV_SERVICES_CONTRATS_APP_CLORE_CONTRAT_H_
#define PDV_SERVICES_CONTRATS_APP_CLORE_CONTRAT_H_

#include "common/store/mutation.h"
#include "pdv/contrats/v1/contrat.pb.h"

namespace pdv::contrats {

// EN_VIGUEUR → CLOS, after its last day.
store::Mutation CloreContrat(const v1::CloreContratRequest& request);

}  // namespace pdv::contrats

#endif  // PDV_SERVICES_CONTRATS_APP_CLORE_CONTRAT_H_
