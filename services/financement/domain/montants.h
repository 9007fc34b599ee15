#ifndef PDV_SERVICES_FINANCEMENT_DOMAIN_MONTANTS_H_
#define PDV_SERVICES_FINANCEMENT_DOMAIN_MONTANTS_H_

#include "absl/status/status.h"
#include "pdv/financement/v1/enveloppe.pb.h"
#include "pdv/financement/v1/ligne.pb.h"

namespace pdv::financement {

// Never more committed than voted, never more paid than committed, droit commun and crédits
// spécifiques each on their own (AE bind before CP pay: décret n° 2012-1246, GBCP).
// FAILED_PRECONDITION / MONTANT_EXCESSIF that names the amounts in euros.
absl::Status VerifierMontants(const v1::Ligne& ligne);

// What a line takes from an envelope: what is voted, for an AE envelope; what is paid, for a CP one.
// Both kinds of money count. In cents.
int64_t Consommation(const v1::Ligne& ligne, v1::NatureEnveloppe nature);

// Brings the envelope to what it has granted once the line goes from `before` (may be null) to
// `after`. FAILED_PRECONDITION: ENVELOPPE_INCOHERENTE when the envelope is of another funder or
// exercice, ENVELOPPE_INSUFFISANTE with `reste_centimes` when it has less left than is asked.
absl::Status Imputer(const v1::Ligne* before, const v1::Ligne& after, v1::Enveloppe& enveloppe);

}  // namespace pdv::financement

#endif  // PDV_SERVICES_FINANCEMENT_DOMAIN_MONTANTS_H_
