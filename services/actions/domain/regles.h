#ifndef PDV_SERVICES_ACTIONS_DOMAIN_REGLES_H_
#define PDV_SERVICES_ACTIONS_DOMAIN_REGLES_H_

#include "absl/status/status.h"
#include "common/types/date.h"
#include "pdv/actions/v1/action.pb.h"
#include "pdv/actions/v1/porteur.pb.h"
#include "pdv/contrats/v1/contrat.pb.h"

namespace pdv::actions {

// The identifier that the identification announces is there, and no other. INVALID_ARGUMENT with every
// violation.
absl::Status VerifierPorteur(const v1::Porteur& porteur);

// What holds in any state: shares of quartiers sum to the whole and name each once, dates are in order.
// INVALID_ARGUMENT with every violation.
absl::Status VerifierAction(const v1::Action& action);

// What a deposit needs, all that lacks at once (FAILED_PRECONDITION / ACTION_INCOMPLETE): a contrat, a
// thématique, dates within the contrat's; and, for an association, the contrat d'engagement républicain
// subscribed and not withdrawn (loi n° 2000-321 art. 10-1; décret n° 2021-1947;
// CONTRAT_ENGAGEMENT_ABSENT). `contrat` is null when it is not known.
absl::Status VerifierDepot(const v1::Action& action, const v1::Porteur& porteur,
                           const contrats::v1::Contrat* contrat, types::Date today);

}  // namespace pdv::actions

#endif  // PDV_SERVICES_ACTIONS_DOMAIN_REGLES_H_
