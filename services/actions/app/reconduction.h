#ifndef PDV_SERVICES_ACTIONS_APP_RECONDUCTION_H_
#define PDV_SERVICES_ACTIONS_APP_RECONDUCTION_H_

#include "absl/status/statusor.h"
#include "common/pg/session.h"
#include "common/store/mutation.h"
#include "pdv/actions/v1/reconduction.pb.h"

namespace pdv::actions {

// Carries a dossier on to another exercice (domain/reconduction.h).
store::Mutation ReconduireAction(const v1::ReconduireActionRequest& request);
// Every dossier of the lineage of one of them, in order of exercice. NOT_FOUND where there is none.
absl::StatusOr<v1::Lignee> GetLignee(pg::Session& session, const v1::GetLigneeRequest& request);

}  // namespace pdv::actions

#endif  // PDV_SERVICES_ACTIONS_APP_RECONDUCTION_H_
