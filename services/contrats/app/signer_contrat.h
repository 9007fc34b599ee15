#ifndef PDV_SERVICES_CONTRATS_APP_SIGNER_CONTRAT_H_
#define PDV_SERVICES_CONTRATS_APP_SIGNER_CONTRAT_H_

#include "common/store/mutation.h"
#include "pdv/contrats/v1/contrat.pb.h"

namespace pdv::contrats {

// PROJET → SIGNE: the contrat is complete, and its first revision is kept for ever.
store::Mutation SignerContrat(const v1::SignerContratRequest& request);

}  // namespace pdv::contrats

#endif  // PDV_SERVICES_CONTRATS_APP_SIGNER_CONTRAT_H_
