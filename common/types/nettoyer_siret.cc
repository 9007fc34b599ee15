#include <algorithm>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "common/types/identifiants.h"
#include "common/types/refus.h"

namespace pdv::types {
namespace {

constexpr std::string_view kBlanks[] = {" ", "\t", "\u00A0", "\u202F"};
constexpr std::string_view kApostrophes[] = {"'", "\u2019"};

bool AllDigits(std::string_view text) {
  return !text.empty() &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// Takes every occurrence of `what` out of the text; true when there was one.
bool TakeOut(std::string_view what, std::string* text) {
  bool found = false;
  for (size_t at; (at = text->find(what)) != std::string::npos; found = true)
    text->erase(at, what.size());
  return found;
}

// Spreadsheets are kept from computing by an apostrophe, which stays in the export.
bool TakeOffApostrophes(std::string* text) {
  bool found = false;
  for (std::string_view mark : kApostrophes) {
    for (; text->starts_with(mark); found = true) text->erase(0, mark.size());
    for (; text->ends_with(mark); found = true) text->resize(text->size() - mark.size());
  }
  return found;
}

// ".0", ",00": the decimals of an identifier that was taken for a number.
bool TakeOffZeroDecimals(std::string* text) {
  const size_t point = text->find_first_of(".,");
  if (point == std::string::npos || point + 1 == text->size()) return false;
  const bool zeros = text->find_first_not_of('0', point + 1) == std::string::npos;
  if (!zeros || !AllDigits(text->substr(0, point))) return false;
  text->resize(point);
  return true;
}

enum class Notation { kAucune, kComplete, kTronquee };

// Unfolds "4.9242487400021E+13" when the notation holds exactly the digits of the number. With
// fewer decimals than its exponent, the last digits are gone and zeros in their place would be a
// guess.
Notation Unfold(std::string* text) {
  const size_t e = text->find_first_of("eE");
  if (e == std::string::npos || e == 0) return Notation::kAucune;
  const std::string mantissa = text->substr(0, e), whole = mantissa.substr(0, 1);
  std::string power = text->substr(e + 1);
  if (power.starts_with('+')) power.erase(0, 1);
  int exponent = 0;
  if (!AllDigits(power) || !absl::SimpleAtoi(power, &exponent) || !AllDigits(whole))
    return Notation::kAucune;
  if (mantissa.size() < 2 || (mantissa[1] != '.' && mantissa[1] != ','))
    return AllDigits(mantissa) ? Notation::kTronquee : Notation::kAucune;
  const std::string decimals = mantissa.substr(2);
  if (!AllDigits(decimals)) return Notation::kAucune;
  if (decimals.size() != static_cast<size_t>(exponent)) return Notation::kTronquee;
  *text = whole + decimals;
  return Notation::kComplete;
}

}  // namespace

absl::StatusOr<SiretNettoye> NettoyerSiret(std::string_view text) {
  SiretNettoye result{std::string(text), {}};
  if (VerifierSiret(text).ok()) return result;
  std::string& digits = result.valeur;
  auto repaired = [&result](bool done, const char* how) {
    if (done) result.reparations.push_back(how);
  };
  bool blanks = false;
  for (std::string_view blank : kBlanks) blanks = TakeOut(blank, &digits) || blanks;
  repaired(blanks, "espaces retirées");
  repaired(TakeOffApostrophes(&digits), "apostrophe retirée");
  const Notation notation = Unfold(&digits);
  if (notation == Notation::kTronquee)
    return Refus(text, "un SIRET",
                 "un tableur l'a mis en notation scientifique et en a perdu des chiffres");
  repaired(notation == Notation::kComplete,
           "notation scientifique dépliée, tous ses chiffres y sont");
  repaired(TakeOffZeroDecimals(&digits), "« .0 » ajouté par un tableur retiré");
  if (VerifierSiren(digits).ok())
    return Refus(text, "un SIRET", "c'est un SIREN, l'établissement manque");
  if (digits.size() == 13 && AllDigits(digits)) {
    digits.insert(digits.begin(), '0');
    repaired(true, "zéro de tête rendu");
  }
  if (VerifierSiret(digits).ok()) return result;
  if (digits.size() != 14 || !AllDigits(digits))
    return Refus(text, "un SIRET", "un SIRET a 14 chiffres");
  return Refus(text, "un SIRET",
               result.reparations.empty()
                   ? "sa clé de contrôle est fausse"
                   : absl::StrCat("lu ", digits, ", sa clé de contrôle est fausse"));
}

}  // namespace pdv::types
