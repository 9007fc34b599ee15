#ifndef PDV_SERVICES_ACTIONS_APP_DEPOSER_ACTION_H_
#define PDV_SERVICES_ACTIONS_APP_DEPOSER_ACTION_H_

#include "common/store/mutation.h"
#include "pdv/actions/v1/action.pb.h"

namespace pdv::actions {

// BROUILLON → DEPOSEE, with the rules of a deposit (domain/regles.h). The porteur and the contrat are
// those of the action: it is read first, then they are, under the same lock.
store::Mutation DeposerAction(const v1::DeposerActionRequest& request);

}  // namespace pdv::actions

#endif  // PDV_SERVICES_ACTIONS_APP_DEPOSER_ACTION_H_
