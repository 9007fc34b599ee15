#ifndef PDV_SERVICES_CONTRATS_STORE_CONTRATS_AT_H_
#define PDV_SERVICES_CONTRATS_STORE_CONTRATS_AT_H_

#include "absl/status/statusor.h"
#include "common/pg/session.h"
#include "pdv/contrats/v1/contrat.pb.h"

namespace pdv::contrats {

// The contrats that a territory is part of on a day (today in UTC when unset), by name: its place
// in the contrat holds on that day, whatever the state of the contrat. One statement, by an index.
absl::StatusOr<v1::ContratsAtResponse> ContratsAt(pg::Session& session,
                                                  const v1::ContratsAtRequest& request);

}  // namespace pdv::contrats

#endif  // PDV_SERVICES_CONTRATS_STORE_CONTRATS_AT_H_
