#ifndef PDV_SERVICES_EVALUATION_STORE_SERIES_H_
#define PDV_SERVICES_EVALUATION_STORE_SERIES_H_

#include "absl/status/statusor.h"
#include "common/pg/session.h"
#include "pdv/evaluation/v1/mesure.pb.h"

namespace pdv::evaluation {

// The measures of an indicator on an object, oldest first; the newest 1 000 where there are more.
// NOT_FOUND for an unknown indicator.
absl::StatusOr<v1::Serie> GetSerie(pg::Session& session, const v1::GetSerieRequest& request);

// Each target of an object beside the last known measure that began on or before its date.
absl::StatusOr<v1::ComparerCiblesResponse> ComparerCibles(pg::Session& session,
                                                          const v1::ComparerCiblesRequest& request);

}  // namespace pdv::evaluation

#endif  // PDV_SERVICES_EVALUATION_STORE_SERIES_H_
