#ifndef PDV_SERVICES_ACTIONS_DOMAIN_ENGAGEMENT_H_
#define PDV_SERVICES_ACTIONS_DOMAIN_ENGAGEMENT_H_

#include <string>

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

// Records a subscription on `date` by `par`, known on `aujourdhui`; it ends a withdrawal.
// INVALID_ARGUMENT / DATES_INCOHERENTES before the law or in the future.
absl::Status Souscrire(types::Date date, const std::string& par, types::Date aujourdhui,
                       v1::Porteur* porteur);

// A withdrawal: a reasoned decision, once the association could present its observations (loi
// n° 2000-321, art. 10-1).
struct Retrait {
  types::Date date;             // of the breach
  types::Date observations_le;  // when it could present them
  std::string motif;
  std::string par;
};
// Records it: what was paid is recovered pro rata of the period that remains from the breach on
// (décret n° 2021-1947, art. 5). FAILED_PRECONDITION / CONTRAT_ENGAGEMENT_ABSENT where nothing is
// subscribed, or it was withdrawn already; INVALID_ARGUMENT / DATES_INCOHERENTES, every violation,
// unless subscription ≤ breach ≤ observations ≤ today.
absl::Status Retirer(const Retrait& retrait, types::Date aujourdhui, v1::Porteur* porteur);

}  // namespace pdv::actions

#endif  // PDV_SERVICES_ACTIONS_DOMAIN_ENGAGEMENT_H_
