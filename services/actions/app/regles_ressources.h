#ifndef PDV_SERVICES_ACTIONS_APP_REGLES_RESSOURCES_H_
#define PDV_SERVICES_ACTIONS_APP_REGLES_RESSOURCES_H_

#include "absl/status/status.h"
#include "common/store/changes.h"
#include "pdv/actions/v1/action.pb.h"

namespace pdv::actions {

// What create, update and import ask beyond the fields. See service::ResourceHooks.
absl::Status ReglesAction(const v1::Action* before, v1::Action& after, store::Changes& changes);

// The appel that the action as it is stored names, to which what it says is checked by each change;
// the contrat and quartiers that told its place; and, for a change that people make, the mandates
// of its porteur, before and after, the interests of those who help it, and for a deletion its lines.
std::vector<store::Read> SuiteDeLAction(const v1::Action& action, const store::Changes& changes);

}  // namespace pdv::actions

#endif  // PDV_SERVICES_ACTIONS_APP_REGLES_RESSOURCES_H_
