#ifndef PDV_SERVICES_ACTIONS_STORE_FAITS_H_
#define PDV_SERVICES_ACTIONS_STORE_FAITS_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "common/pg/session.h"
#include "common/store/changes.h"
#include "services/actions/domain/regles/regle.h"

namespace pdv::actions {

// What a dossier is judged on, beside the action: the rows that it names. Read after the action, in
// the same transaction; those of others are not locked.
std::vector<store::Read> FaitsALire(const v1::Action& action);
// The same, once they were read. The pointers are those of `changes`; `action` outlives the result.
regles::Faits FaitsLus(const v1::Action& action, const store::Changes& changes);

// Reads a dossier and all of this outside of any mutation, and evaluates it. NOT_FOUND where there
// is no such action.
absl::StatusOr<v1::EvaluerDossierResponse> EvaluerDossier(pg::Session& session,
                                                          const v1::EvaluerDossierRequest& request);

}  // namespace pdv::actions

#endif  // PDV_SERVICES_ACTIONS_STORE_FAITS_H_
