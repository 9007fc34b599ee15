#ifndef PDV_SERVICES_ACTIONS_APP_COMPLEMENTS_H_
#define PDV_SERVICES_ACTIONS_APP_COMPLEMENTS_H_

#include "common/store/mutation.h"
#include "pdv/actions/v1/complement.pb.h"

namespace pdv::actions {

// Asks the porteur for what lacks, and takes its answers (domain/complements.h), with the move of
// the dossier in the same transaction.
store::Mutation DemanderComplements(const v1::DemanderComplementsRequest& request);
store::Mutation RepondreComplements(const v1::RepondreComplementsRequest& request);

}  // namespace pdv::actions

#endif  // PDV_SERVICES_ACTIONS_APP_COMPLEMENTS_H_
