#ifndef PDV_SERVICES_GATEWAY_APP_DEPOSER_DOSSIER_H_
#define PDV_SERVICES_GATEWAY_APP_DEPOSER_DOSSIER_H_

#include "absl/status/statusor.h"
#include "common/rpc/call.h"
#include "pdv/gateway/v1/depot.pb.h"
#include "services/gateway/app/pairs.h"

namespace pdv::gateway {

// Creates the action, asks the funders, writes the budget, submits, attests: each step is done once
// for the request_id, by the service that owns it. Everything that the fields alone can tell is
// refused before the first step. INVALID_ARGUMENT with all the violations; or what the step that
// failed says.
absl::StatusOr<v1::DossierDepose> DeposerDossier(const Pairs& pairs, rpc::Call& call,
                                                 const v1::DeposerDossierRequest& request);

}  // namespace pdv::gateway

#endif  // PDV_SERVICES_GATEWAY_APP_DEPOSER_DOSSIER_H_
