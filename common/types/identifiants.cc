#include "common/types/identifiants.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "common/types/refus.h"

namespace pdv::types {
namespace {

constexpr std::string_view kLaPoste = "356000000";

bool Digit(char c) { return c >= '0' && c <= '9'; }
bool Capital(char c) { return c >= 'A' && c <= 'Z'; }
bool AllDigits(std::string_view text) { return std::all_of(text.begin(), text.end(), Digit); }

// Luhn: every second digit from the right is doubled; the sum is a multiple of 10.
bool Luhn(std::string_view digits) {
  int sum = 0;
  for (size_t i = 0; i < digits.size(); ++i) {
    int digit = digits[digits.size() - 1 - i] - '0';
    if (i % 2 == 1) digit = digit * 2 > 9 ? digit * 2 - 9 : digit * 2;
    sum += digit;
  }
  return sum % 10 == 0;
}

}  // namespace

absl::Status VerifierSiren(std::string_view text) {
  if (text.size() != 9 || !AllDigits(text)) return Refus(text, "un SIREN", "un SIREN a 9 chiffres");
  // All zeros satisfy Luhn, and fill the column of who has no number.
  if (text == "000000000") return Refus(text, "un SIREN", "ce ne sont que des zéros");
  if (!Luhn(text)) return Refus(text, "un SIREN", "sa clé de contrôle est fausse");
  return absl::OkStatus();
}

absl::Status VerifierSiret(std::string_view text) {
  if (text.size() != 14 || !AllDigits(text))
    return Refus(text, "un SIRET", "un SIRET a 14 chiffres");
  if (text.substr(0, 9) == "000000000")
    return Refus(text, "un SIRET", "son SIREN n'est fait que de zéros");
  if (!Luhn(text.substr(0, 9))) return Refus(text, "un SIRET", "la clé de son SIREN est fausse");
  if (Luhn(text)) return absl::OkStatus();
  if (text.substr(0, 9) == kLaPoste) {
    int sum = 0;
    for (char c : text) sum += c - '0';
    if (sum % 5 == 0) return absl::OkStatus();
  }
  return Refus(text, "un SIRET", "sa clé de contrôle est fausse");
}

absl::Status VerifierRna(std::string_view text) {
  if (text.size() == 10 && text[0] == 'W' && Digit(text[1]) &&
      (Digit(text[2]) || Capital(text[2])) && AllDigits(text.substr(3)))
    return absl::OkStatus();
  return Refus(text, "un numéro RNA", "il s'écrit W suivi de 9 caractères");
}

bool RnaRefuseParScdl(std::string_view text) {
  return VerifierRna(text).ok() && !AllDigits(text.substr(1));
}

absl::Status VerifierRidet(std::string_view text) {
  if ((text.size() == 9 || text.size() == 10) && AllDigits(text)) return absl::OkStatus();
  return Refus(text, "un RIDET", "un RIDET a 9 ou 10 chiffres");
}

absl::Status VerifierTahiti(std::string_view text) {
  if (text.size() == 9 && (Digit(text[0]) || Capital(text[0])) && AllDigits(text.substr(1)))
    return absl::OkStatus();
  return Refus(text, "un numéro TAHITI", "il s'écrit un chiffre ou une majuscule, puis 8 chiffres");
}

absl::Status VerifierIban(std::string_view text) {
  const bool shaped = text.size() >= 15 && text.size() <= 34 && Capital(text[0]) &&
                      Capital(text[1]) && Digit(text[2]) && Digit(text[3]);
  if (!shaped)
    return Refus("…", "un IBAN", "il s'écrit deux lettres, deux chiffres, puis le compte");
  std::string turned = absl::StrCat(View(text.substr(4)), View(text.substr(0, 4)));
  int remainder = 0;
  for (char c : turned) {
    if (Digit(c)) {
      remainder = (remainder * 10 + (c - '0')) % 97;
    } else if (Capital(c)) {
      remainder = (remainder * 100 + (c - 'A' + 10)) % 97;
    } else {
      return Refus("…", "un IBAN", "il contient un caractère interdit");
    }
  }
  // Bank data never stands in a message.
  if (remainder != 1) return Refus("…", "un IBAN", "sa clé de contrôle est fausse");
  return absl::OkStatus();
}

}  // namespace pdv::types
