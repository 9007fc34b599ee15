#ifndef PDV_SERVICES_CONTRATS_APP_SIGNER_AVENANT_H_
#define PDV_SERVICES_CONTRATS_APP_SIGNER_AVENANT_H_

#include "common/store/mutation.h"
#include "pdv/contrats/v1/avenant.pb.h"

namespace pdv::contrats {

// BROUILLON → SIGNE: the avenant takes effect on its contrat, whose next revision is kept for ever.
store::Mutation SignerAvenant(const v1::SignerAvenantRequest& request);

}  // namespace pdv::contrats

#endif  // PDV_SERVICES_CONTRATS_APP_SIGNER_AVENANT_H_
