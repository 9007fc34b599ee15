#ifndef PDV_SERVICES_ACTIONS_STORE_COMPTES_H_
#define PDV_SERVICES_ACTIONS_STORE_COMPTES_H_

#include "absl/status/statusor.h"
#include "common/pg/session.h"
#include "pdv/actions/v1/comptes.pb.h"

namespace pdv::actions {

// The counts of a perimeter, from the tables that the transactions keep: one round trip, whose cost
// does not grow with the actions.
absl::StatusOr<v1::Comptes> GetComptes(pg::Session& session, const v1::GetComptesRequest& request);

// Recounts every action and compares with what is kept.
absl::StatusOr<v1::VerifierComptesResponse> VerifierComptes(
    pg::Session& session, const v1::VerifierComptesRequest& request);

}  // namespace pdv::actions

#endif  // PDV_SERVICES_ACTIONS_STORE_COMPTES_H_
