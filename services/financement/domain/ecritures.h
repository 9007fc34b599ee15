#ifndef PDV_SERVICES_FINANCEMENT_DOMAIN_ECRITURES_H_
#define PDV_SERVICES_FINANCEMENT_DOMAIN_ECRITURES_H_

#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "pdv/financement/v1/ecriture.pb.h"
#include "pdv/financement/v1/enveloppe.pb.h"
#include "pdv/financement/v1/ligne.pb.h"

namespace pdv::financement {

// What moves the amounts of a line.
enum class Cause { kVerbe, kExpiration, kImport };

// The entries that bring a line from `before` (null: it did not exist) to `after`: nature,
// accounts, amount, line and envelope; the application adds who and when. `enveloppe` is that of
// `after`, or null. An AE envelope gives what is reserved and voted, a CP envelope what is paid;
// anything else comes from outside. What was reserved is voted first, the rest returns. An amount
// that changes envelope goes back where it came from; `before` must not have taken from another
// envelope.
std::vector<v1::Ecriture> EcrituresLigne(const v1::Ligne* before, const v1::Ligne& after,
                                         const v1::Enveloppe* enveloppe, Cause cause);

// Brings the balances of an envelope to what they are after an entry; the same rule as the SQL view
// mouvement_enveloppe. Entries that do not name it change nothing.
void Porter(const v1::Ecriture& ecriture, v1::Enveloppe& enveloppe);

// Carries the entries of one line to its envelope. FAILED_PRECONDITION, leaving it as it was:
// ENVELOPPE_INCOHERENTE when the envelope gives more than it has given and is of another funder,
// exercice or perimeter than the line, ENVELOPPE_INSUFFISANTE with `reste_centimes`, what is left
// for this line, its own reservation included, when that is less than it asks. No entry that names
// it: OK, whatever it is.
absl::Status PorterLigne(const v1::Ligne* before, const v1::Ligne& after,
                         const std::vector<v1::Ecriture>& ecritures, v1::Enveloppe& enveloppe);

// The refusal of what an envelope cannot give, in euros: « Il reste 12,00 € <quoi>sur l'enveloppe…
// ». FAILED_PRECONDITION.
absl::Status Insuffisante(const v1::Enveloppe& enveloppe, int64_t reste_centimes,
                          int64_t demande_centimes, std::string_view quoi = "");

}  // namespace pdv::financement

#endif  // PDV_SERVICES_FINANCEMENT_DOMAIN_ECRITURES_H_
