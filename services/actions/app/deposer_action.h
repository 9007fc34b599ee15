#ifndef PDV_SERVICES_ACTIONS_APP_DEPOSER_ACTION_H_
#define PDV_SERVICES_ACTIONS_APP_DEPOSER_ACTION_H_

#include "common/store/mutation.h"
#include "pdv/actions/v1/action.pb.h"

namespace pdv::actions {

// BROUILLON → DEPOSEE, with the rules of a deposit (domain/depot.h). The action is read first, then
// the porteur, the contrat and the mappings that it names, in the same transaction.
store::Mutation DeposerAction(const v1::DeposerActionRequest& request);

}  // namespace pdv::actions

#endif  // PDV_SERVICES_ACTIONS_APP_DEPOSER_ACTION_H_
