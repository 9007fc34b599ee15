#ifndef PDV_SERVICES_FINANCEMENT_STORE_ECHEANCES_H_
#define PDV_SERVICES_FINANCEMENT_STORE_ECHEANCES_H_

#include <string_view>

#include "absl/status/statusor.h"
#include "common/pg/session.h"
#include "pdv/financement/v1/echeance.pb.h"

namespace pdv::financement {

// The undecided lines of a perimeter, the oldest demand first. Ages are of the day of the read.
absl::StatusOr<v1::ListEcheancesResponse> ListEcheances(pg::Session& session,
                                                        const v1::ListEcheancesRequest& request,
                                                        std::string_view token_key);

// The findings of domain/constats on the lines of an action. NOT_FOUND when nobody was asked
// anything for it.
absl::StatusOr<v1::EvaluerFinancementResponse> EvaluerFinancement(
    pg::Session& session, const v1::EvaluerFinancementRequest& request);

}  // namespace pdv::financement

#endif  // PDV_SERVICES_FINANCEMENT_STORE_ECHEANCES_H_
