#ifndef PDV_SERVICES_GATEWAY_APP_DEPOSER_DOSSIER_H_
#define PDV_SERVICES_GATEWAY_APP_DEPOSER_DOSSIER_H_

#include "absl/status/statusor.h"
#include "common/rpc/call.h"
#include "pdv/gateway/v1/depot.pb.h"
#include "services/gateway/app/pairs.h"

namespace pdv::gateway {

// Writes the action, asks the funders, writes the budget, evaluates, submits, attests: each step is
// done once for the request_id, by the service that owns it, and a draft of the same name becomes what
// the deposit says. Everything that the fields alone can tell is refused before the first step, and
// what a rule refuses is still a draft. INVALID_ARGUMENT with all the violations; DOSSIER_DEPOSE,
// DOSSIER_MODIFIE (domain/refus_depot.h); or what the step that failed says.
absl::StatusOr<v1::DossierDepose> DeposerDossier(const Pairs& pairs, rpc::Call& call,
                                                 const v1::DeposerDossierRequest& request);

}  // namespace pdv::gateway

#endif  // PDV_SERVICES_GATEWAY_APP_DEPOSER_DOSSIER_H_
