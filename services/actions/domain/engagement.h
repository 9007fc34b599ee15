#ifndef PDV_SERVICES_ACTIONS_DOMAIN_ENGAGEMENT_H_
#define PDV_SERVICES_ACTIONS_DOMAIN_ENGAGEMENT_H_

#include "absl/status/status.h"
#include "common/types/date.h"
#include "pdv/actions/v1/porteur.pb.h"

namespace pdv::actions {

// The contrat d'engagement républicain: an association or foundation that asks for a subsidy
// commits to the principles of the Republic (loi n° 2000-321 du 12 avril 2000, art. 10-1). Requests
// are bound since the décret n° 2021-1947 du 31 décembre 2021 came into force, on 2 January 2022.

// FAILED_PRECONDITION / CONTRAT_ENGAGEMENT_ABSENT where the porteur asks on `jour` without being
// bound as the law wants: an association that did not subscribe by that day, or from which it was
// withdrawn since. Before the law, and for any other legal form, OK.
absl::Status VerifierEngagement(const v1::Porteur& porteur, types::Date jour);

// Records a subscription on `date`, known on `aujourdhui`; it ends a withdrawal. INVALID_ARGUMENT /
// DATES_INCOHERENTES before the law or in the future.
absl::Status Souscrire(types::Date date, types::Date aujourdhui, v1::Porteur* porteur);

// Records a withdrawal from `date` on, after a breach (décret n° 2021-1947, art. 5): what was paid
// is recovered pro rata of the period that remains. FAILED_PRECONDITION / CONTRAT_ENGAGEMENT_ABSENT
// where nothing was subscribed; INVALID_ARGUMENT / DATES_INCOHERENTES before the subscription.
absl::Status Retirer(types::Date date, v1::Porteur* porteur);

}  // namespace pdv::actions

#endif  // PDV_SERVICES_ACTIONS_DOMAIN_ENGAGEMENT_H_
