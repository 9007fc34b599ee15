#ifndef PDV_SERVICES_FINANCEMENT_DOMAIN_MONTANTS_H_
#define PDV_SERVICES_FINANCEMENT_DOMAIN_MONTANTS_H_

#include "absl/status/status.h"
#include "pdv/financement/v1/enveloppe.pb.h"
#include "pdv/financement/v1/ligne.pb.h"
#include "services/financement/domain/etats.h"

namespace pdv::financement {

// Never more committed than voted, never more paid than committed, droit commun and crédits
// spécifiques each on their own: autorisations d'engagement and crédits de paiement are upper
// limits (loi organique n° 2001-692 du 1er août 2001, art. 8). FAILED_PRECONDITION /
// MONTANT_EXCESSIF that names the amounts in euros.
absl::Status VerifierMontants(const v1::Ligne& ligne);

// What a verb brings to a line that goes from `before` to `after`. FAILED_PRECONDITION: MONTANT_NUL
// when it proposes, votes or commits nothing (granting nothing is a refusal, with its reason), or
// pays nothing more than was already paid; MONTANT_DECROISSANT when it pays less (what comes back
// is a reversement).
absl::Status VerifierVerbe(Verbe verbe, const v1::Ligne& before, const v1::Ligne& after);

// Ends what a proposal held: voted, it is taken; refused or expired, it returns to the envelope.
void Liberer(v1::Ligne& ligne);

// The amounts of the two lines are the same, at every stage.
bool MemesMontants(const v1::Ligne& a, const v1::Ligne& b);
// So is what their proposals hold.
bool MemeReserve(const v1::Ligne& a, const v1::Ligne& b);
// So are those that the verbs give: all but what is asked.
bool MemesDecisions(const v1::Ligne& a, const v1::Ligne& b);

// What a line takes from an envelope: what is voted, for an AE envelope; what is paid, for a CP
// one. Both kinds of money count. In cents.
int64_t Consommation(const v1::Ligne& ligne, v1::NatureEnveloppe nature);

}  // namespace pdv::financement

#endif  // PDV_SERVICES_FINANCEMENT_DOMAIN_MONTANTS_H_
