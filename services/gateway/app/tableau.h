#ifndef PDV_SERVICES_GATEWAY_APP_TABLEAU_H_
#define PDV_SERVICES_GATEWAY_APP_TABLEAU_H_

#include "absl/status/statusor.h"
#include "common/rpc/call.h"
#include "pdv/gateway/v1/tableau.pb.h"
#include "services/gateway/app/pairs.h"

namespace pdv::gateway {

// The dashboard of a perimeter: sums, counts and references are asked in parallel, then the labels of
// what they name. The cost does not grow with the actions: the services keep the sums. As of an instant
// (`read_time`) they add them up again from the entries of the ledger.
absl::StatusOr<v1::TableauDeBord> TableauDeBord(const Pairs& pairs, const rpc::Call& call,
                                                const v1::GetTableauDeBordRequest& request);

}  // namespace pdv::gateway

#endif  // PDV_SERVICES_GATEWAY_APP_TABLEAU_H_
