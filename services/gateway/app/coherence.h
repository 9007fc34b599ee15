#ifndef PDV_SERVICES_GATEWAY_APP_COHERENCE_H_
#define PDV_SERVICES_GATEWAY_APP_COHERENCE_H_

#include "absl/status/statusor.h"
#include "common/rpc/call.h"
#include "pdv/gateway/v1/coherence.pb.h"
#include "services/gateway/app/pairs.h"

namespace pdv::gateway {

// Walks the four services: counts and sums against a recount, lines whose action is not known, actions
// whose contrat does not exist, measures of what does not exist. Reads everything: minutes on a nation.
absl::StatusOr<v1::RapportCoherence> VerifierCoherence(
    const Pairs& pairs, const rpc::Call& call, const v1::VerifierCoherenceRequest& request);

}  // namespace pdv::gateway

#endif  // PDV_SERVICES_GATEWAY_APP_COHERENCE_H_
