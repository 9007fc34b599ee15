#ifndef PDV_SERVICES_ACTIONS_APP_ATTESTER_ACTION_H_
#define PDV_SERVICES_ACTIONS_APP_ATTESTER_ACTION_H_

#include "common/store/mutation.h"
#include "pdv/actions/v1/transitions.pb.h"

namespace pdv::actions {

// EN_ATTENTE_ATTESTATION → DEPOSEE, with the rules of a deposit (domain/depot.h). The action is read
// first, then the porteur, the contrat and the mappings that it names, in the same transaction.
store::Mutation AttesterAction(const v1::AttesterActionRequest& request);

}  // namespace pdv::actions

#endif  // PDV_SERVICES_ACTIONS_APP_ATTESTER_ACTION_H_
