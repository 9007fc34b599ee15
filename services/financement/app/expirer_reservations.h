#ifndef PDV_SERVICES_FINANCEMENT_APP_EXPIRER_RESERVATIONS_H_
#define PDV_SERVICES_FINANCEMENT_APP_EXPIRER_RESERVATIONS_H_

#include <stop_token>
#include <string>
#include <vector>

#include "common/pg/session.h"
#include "common/rpc/service_table.h"
#include "common/store/mutation.h"
#include "common/store/store.h"
#include "pdv/financement/v1/transitions.pb.h"

namespace pdv::financement {

// Returns to the envelopes what the named lines hold, for those whose reservation has expired at
// the instant of the transaction; the others are left as they are.
store::Mutation ExpirerLignes(const std::vector<std::string>& lignes);

// ExpirerReservations: finds the lines, then expires them. Blocks.
absl::StatusOr<rpc::MessagePtr> ExpirerReservations(store::Store& store, rpc::CallPtr call,
                                                    rpc::MessagePtr request);

// The same for the service itself, until nothing is left to expire or it must stop. A line that
// cannot be expired is told in the log and left; the others are expired all the same.
absl::Status ExpirerTout(store::Store& store, std::stop_token stop = {});

}  // namespace pdv::financement

#endif  // PDV_SERVICES_FINANCEMENT_APP_EXPIRER_RESERVATIONS_H_
