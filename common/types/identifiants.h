#ifndef PDV_COMMON_TYPES_IDENTIFIANTS_H_
#define PDV_COMMON_TYPES_IDENTIFIANTS_H_

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace pdv::types {

// Identifiers of organisations. Each Verifier… is strict: the text is the identifier, with nothing
// around it; INVALID_ARGUMENT with a French sentence otherwise. Pure, thread-safe.

// SIREN: 9 digits, Luhn, not all zeros.
absl::Status VerifierSiren(std::string_view text);
// SIRET: 14 digits; the SIREN in it is valid, and Luhn holds over the 14 digits. Establishments of
// La Poste (SIREN 356000000) that fail Luhn are valid when their digits sum to a multiple of 5.
absl::Status VerifierSiret(std::string_view text);
// RNA (répertoire national des associations): W, a digit, then 8 digits or capitals as the registry
// has delivered them: ^W\d[A-Z\d]\d{7}$.
absl::Status VerifierRna(std::string_view text);
// A valid RNA that the SCDL schema (^W\d{9}$) would refuse: worth a warning at publication.
bool RnaRefuseParScdl(std::string_view text);
// RIDET (New Caledonia): 9 or 10 digits.
absl::Status VerifierRidet(std::string_view text);
// TAHITI (French Polynesia): a digit or capital, then 8 digits.
absl::Status VerifierTahiti(std::string_view text);
// IBAN: mod 97 = 1 (ISO 13616). Blanks are not accepted.
absl::Status VerifierIban(std::string_view text);

// A SIRET as files carry it, and what had to be mended to read it.
struct SiretNettoye {
  std::string valeur;
  std::vector<std::string> reparations;  // French, for the import report
};
// Takes away what spreadsheets add (spaces, an apostrophe around, ".0"), unfolds a number in
// scientific notation that still holds every digit ("4.9242487400021E+13"), gives back one lost
// leading zero, and accepts the result only if its keys hold: a repair is proven, never guessed. A
// notation that lost digits ("2,1750E+13") is refused; so is a SIREN in place of a SIRET.
absl::StatusOr<SiretNettoye> NettoyerSiret(std::string_view text);

}  // namespace pdv::types

#endif  // PDV_COMMON_TYPES_IDENTIFIANTS_H_
