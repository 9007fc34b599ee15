#ifndef PDV_SERVICES_GATEWAY_APP_ETAT_SUITE_H_
#define PDV_SERVICES_GATEWAY_APP_ETAT_SUITE_H_

#include "absl/status/statusor.h"
#include "common/rpc/call.h"
#include "pdv/gateway/v1/etat.pb.h"
#include "services/gateway/app/pairs.h"

namespace pdv::gateway {

// Asks the health check of each service, in parallel; one that does not answer within a second does not
// serve.
absl::StatusOr<v1::EtatSuite> EtatSuite(const Pairs& pairs, const rpc::Call& call,
                                        const v1::GetEtatRequest& request);

}  // namespace pdv::gateway

#endif  // PDV_SERVICES_GATEWAY_APP_ETAT_SUITE_H_
