#ifndef PDV_SERVICES_FINANCEMENT_STORE_AGREGATS_H_
#define PDV_SERVICES_FINANCEMENT_STORE_AGREGATS_H_

#include "absl/status/statusor.h"
#include "common/pg/session.h"
#include "pdv/financement/v1/agregat.pb.h"

namespace pdv::financement {

// The sums of a perimeter, from the table that the transactions keep: one round trip, whose cost
// does not grow with the lines. As of an instant: added up from the entries of the lines.
absl::StatusOr<v1::Agregats> GetAgregats(pg::Session& session,
                                         const v1::GetAgregatsRequest& request);

// Sums every line again and compares with what is kept; lists lines whose action is not known.
absl::StatusOr<v1::VerifierAgregatsResponse> VerifierAgregats(
    pg::Session& session, const v1::VerifierAgregatsRequest& request);

}  // namespace pdv::financement

#endif  // PDV_SERVICES_FINANCEMENT_STORE_AGREGATS_H_
