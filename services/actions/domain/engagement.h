#ifndef PDV_SERVICES_ACTIONS_DOMAIN_ENGAGEMENT_H_
#define PDV_SERVICES_ACTIONS_DOMAIN_ENGAGEMENT_H_

#include <string>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "common/types/date.h"
#include "pdv/actions/v1/porteur.pb.h"

namespace pdv::actions {

// The contrat d'engagement républicain: an association or foundation that asks for a subsidy
// commits to the principles of the Republic (loi n° 2000-321 du 12 avril 2000, art. 10-1). Requests
// are bound since the décret n° 2021-1947 du 31 décembre 2021 came into force, on 2 January 2022.
// Deemed to satisfy it: an association or foundation reconnue d'utilité publique, and an
// association agréée under the common core of art. 25-1. What was subscribed and withdrawn is a
// history that grows by its end (Porteur.cer_historique); the other fields sum up where it stands.

// FAILED_PRECONDITION / CONTRAT_ENGAGEMENT_ABSENT where the porteur asks on `jour` without being
// bound as the law wants: an association that neither subscribed by that day nor was deemed to, or
// from which it was withdrawn since. Before the law, and for any other legal form, OK.
absl::Status VerifierEngagement(const v1::Porteur& porteur, types::Date jour);

// Records at `instant` a subscription on `date` by `par`; it ends a withdrawal that came before,
// and leaves the first day of a subscription that is in force. INVALID_ARGUMENT /
// DATES_INCOHERENTES before the law, in the future, or before every withdrawal was decided.
absl::Status Souscrire(types::Date date, const std::string& par, absl::Time instant,
                       v1::Porteur* porteur);

// A withdrawal: a reasoned decision, once the association could present its observations (loi
// n° 2000-321, art. 10-1). It ends what was subscribed, or what was deemed to satisfy it.
struct Retrait {
  types::Date date;             // of the breach
  types::Date observations_le;  // when it could present them
  std::string motif;
  std::string par;
};
// Records it at `instant`: what was paid is recovered pro rata of the period that remains from the
// breach on (décret n° 2021-1947, art. 5). FAILED_PRECONDITION / CONTRAT_ENGAGEMENT_ABSENT where
// nothing is subscribed nor was deemed to be on the day of the breach, or it was withdrawn already;
// INVALID_ARGUMENT / DATES_INCOHERENTES, every violation, unless subscription (or entry of the law
// into force, for who was deemed to satisfy it) ≤ breach ≤ observations ≤ the day of `instant` in
// Paris.
absl::Status Retirer(const Retrait& retrait, absl::Time instant, v1::Porteur* porteur);

}  // namespace pdv::actions

#endif  // PDV_SERVICES_ACTIONS_DOMAIN_ENGAGEMENT_H_
