#ifndef PDV_SERVICES_ACTIONS_APP_CONTRAT_ENGAGEMENT_H_
#define PDV_SERVICES_ACTIONS_APP_CONTRAT_ENGAGEMENT_H_

#include "common/store/mutation.h"
#include "pdv/actions/v1/porteur.pb.h"

namespace pdv::actions {

// The contrat d'engagement républicain of an organisation (loi n° 2000-321 art. 10-1, décret n°
// 2021-1947): subscribed from a date; withdrawn from a date, after a breach. A new subscription ends a
// withdrawal.
store::Mutation SouscrireContratEngagement(const v1::SouscrireContratEngagementRequest& request);
store::Mutation RetirerContratEngagement(const v1::RetirerContratEngagementRequest& request);

}  // namespace pdv::actions

#endif  // PDV_SERVICES_ACTIONS_APP_CONTRAT_ENGAGEMENT_H_
