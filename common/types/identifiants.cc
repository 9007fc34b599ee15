#include "common/types/identifiants.h"

#include <algorithm>

#include "absl/strings/str_cat.h"

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

absl::Status Refuse(std::string_view text, std::string_view kind, std::string_view why) {
  auto view = [](std::string_view s) { return absl::string_view(s.data(), s.size()); };
  return absl::InvalidArgumentError(
      absl::StrCat("« ", view(text), " » n'est pas ", view(kind), " : ", view(why), "."));
}

}  // namespace

absl::Status VerifierSiren(std::string_view text) {
  if (text.size() != 9 || !AllDigits(text))
    return Refuse(text, "un SIREN", "un SIREN a 9 chiffres");
  if (!Luhn(text)) return Refuse(text, "un SIREN", "sa clé de contrôle est fausse");
  return absl::OkStatus();
}

absl::Status VerifierSiret(std::string_view text) {
  if (text.size() != 14 || !AllDigits(text))
    return Refuse(text, "un SIRET", "un SIRET a 14 chiffres");
  if (!Luhn(text.substr(0, 9)))
    return Refuse(text, "un SIRET", "la clé de son SIREN est fausse");
  if (Luhn(text)) return absl::OkStatus();
  if (text.substr(0, 9) == kLaPoste) {
    int sum = 0;
    for (char c : text) sum += c - '0';
    if (sum % 5 == 0) return absl::OkStatus();
  }
  return Refuse(text, "un SIRET", "sa clé de contrôle est fausse");
}

absl::Status VerifierRna(std::string_view text) {
  if (text.size() == 10 && text[0] == 'W' && Digit(text[1]) &&
      (Digit(text[2]) || Capital(text[2])) && AllDigits(text.substr(3)))
    return absl::OkStatus();
  return Refuse(text, "un numéro RNA", "il s'écrit W suivi de 9 caractères");
}

bool RnaRefuseParScdl(std::string_view text) {
  return VerifierRna(text).ok() && !AllDigits(text.substr(1));
}

absl::Status VerifierRidet(std::string_view text) {
  if ((text.size() == 9 || text.size() == 10) && AllDigits(text)) return absl::OkStatus();
  return Refuse(text, "un RIDET", "un RIDET a 9 ou 10 chiffres");
}

absl::Status VerifierTahiti(std::string_view text) {
  if (text.size() == 9 && (Digit(text[0]) || Capital(text[0])) && AllDigits(text.substr(1)))
    return absl::OkStatus();
  return Refuse(text, "un numéro TAHITI", "il s'écrit un chiffre ou une majuscule, puis 8 chiffres");
}

absl::Status VerifierIban(std::string_view text) {
  const bool shaped = text.size() >= 15 && text.size() <= 34 && Capital(text[0]) &&
                      Capital(text[1]) && Digit(text[2]) && Digit(text[3]);
  if (!shaped) return Refuse("…", "un IBAN", "il s'écrit deux lettres, deux chiffres, puis le compte");
  std::string turned = absl::StrCat(absl::string_view(text.data() + 4, text.size() - 4),
                                    absl::string_view(text.data(), 4));
  int remainder = 0;
  for (char c : turned) {
    if (Digit(c)) {
      remainder = (remainder * 10 + (c - '0')) % 97;
    } else if (Capital(c)) {
      remainder = (remainder * 100 + (c - 'A' + 10)) % 97;
    } else {
      return Refuse("…", "un IBAN", "il contient un caractère interdit");
    }
  }
  // Bank data never stands in a message.
  if (remainder != 1) return Refuse("…", "un IBAN", "sa clé de contrôle est fausse");
  return absl::OkStatus();
}

absl::StatusOr<SiretNettoye> NettoyerSiret(std::string_view text) {
  if (VerifierSiret(text).ok()) return SiretNettoye{std::string(text), {}};
  SiretNettoye result;
  std::string digits;
  bool blanks = false, apostrophe = false;
  for (size_t i = 0; i < text.size(); ++i) {
    if (text.substr(i, 2) == "\u00A0") {
      blanks = true;
      ++i;
    } else if (text.substr(i, 3) == "\u202F") {
      blanks = true;
      i += 2;
    } else if (text[i] == ' ' || text[i] == '\t') {
      blanks = true;
    } else if (text[i] == '\'' && (i == 0 || i + 1 == text.size())) {
      apostrophe = true;
    } else {
      digits += text[i];
    }
  }
  if (digits.size() > 2 && digits.ends_with(".0")) {
    digits.resize(digits.size() - 2);
    result.reparations.push_back("« .0 » ajouté par un tableur retiré");
  }
  if (digits.find_first_of("eE") != std::string::npos && Digit(digits[0]))
    return Refuse(text, "un SIRET",
                  "un tableur l'a mis en notation scientifique et en a perdu des chiffres");
  if (blanks) result.reparations.push_back("espaces retirées");
  if (apostrophe) result.reparations.push_back("apostrophe retirée");
  if (digits.size() == 13 && AllDigits(digits)) {
    digits.insert(digits.begin(), '0');
    result.reparations.push_back("zéro de tête rendu");
  }
  if (digits.size() == 9 && VerifierSiren(digits).ok())
    return Refuse(text, "un SIRET", "c'est un SIREN, l'établissement manque");
  absl::Status valid = VerifierSiret(digits);
  if (!valid.ok()) return valid;
  result.valeur = std::move(digits);
  return result;
}

}  // namespace pdv::types
