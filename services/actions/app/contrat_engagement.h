#ifndef PDV_SERVICES_ACTIONS_APP_CONTRAT_ENGAGEMENT_H_
#define PDV_SERVICES_ACTIONS_APP_CONTRAT_ENGAGEMENT_H_

#include "common/store/mutation.h"
#include "pdv/actions/v1/porteur.pb.h"

namespace pdv::actions {

// Subscribes the contrat d'engagement républicain of an organisation, and withdraws it
// (domain/engagement.h).
store::Mutation SouscrireContratEngagement(const v1::SouscrireContratEngagementRequest& request);
store::Mutation RetirerContratEngagement(const v1::RetirerContratEngagementRequest& request);

}  // namespace pdv::actions

#endif  // PDV_SERVICES_ACTIONS_APP_CONTRAT_ENGAGEMENT_H_
