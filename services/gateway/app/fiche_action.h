#ifndef PDV_SERVICES_GATEWAY_APP_FICHE_ACTION_H_
#define PDV_SERVICES_GATEWAY_APP_FICHE_ACTION_H_

#include "absl/status/statusor.h"
#include "common/rpc/call.h"
#include "pdv/gateway/v1/fiche.pb.h"
#include "services/gateway/app/pairs.h"

namespace pdv::gateway {

// Everything the suite knows of an action, in two waves of parallel calls: the action, its budget,
// its lines, its measures and what those who judge it said; then what the action names. NOT_FOUND
// when the action does not exist; UNAVAILABLE when the service that owns it cannot be reached, for
// then there is nothing to show.
absl::StatusOr<v1::FicheAction> FicheAction(const Pairs& pairs, const rpc::Call& call,
                                            const v1::GetFicheActionRequest& request);

}  // namespace pdv::gateway

#endif  // PDV_SERVICES_GATEWAY_APP_FICHE_ACTION_H_
