#include "common/types/codes.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/types/refus.h"

namespace pdv::types {
namespace {

bool Digit(char c) { return c >= '0' && c <= '9'; }
bool AllDigits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), Digit);
}
// Three digits, or Corsica's 02A and 02B.
bool DepartementSurTrois(std::string_view text) {
  return AllDigits(text) || text == "02A" || text == "02B";
}

bool CodeContrat(std::string_view text) {
  if (text.size() == 5 && text.starts_with("CV")) return AllDigits(text.substr(2));
  return text.size() == 8 && text.starts_with("CN") && DepartementSurTrois(text.substr(2, 3)) &&
         AllDigits(text.substr(5, 2)) && text[7] >= 'A' && text[7] <= 'Z';
}

}  // namespace

absl::Status VerifierCommune(std::string_view text) {
  if (text.size() == 5 && AllDigits(text) && text.starts_with("20"))
    return Refus(text, "un code de commune", "la Corse s'écrit 2A ou 2B depuis 1976");
  const bool corsica = text.size() == 5 && (text.starts_with("2A") || text.starts_with("2B")) &&
                       AllDigits(text.substr(2));
  if (corsica || (text.size() == 5 && AllDigits(text) && !text.starts_with("00")))
    return absl::OkStatus();
  return Refus(text, "un code de commune", "5 caractères, par exemple 34172 ou 2A004");
}

std::string DepartementDe(std::string_view commune) {
  const bool overseas = commune.starts_with("97") || commune.starts_with("98");
  return std::string(commune.substr(0, overseas ? 3 : 2));
}

absl::Status VerifierQpv(std::string_view text) {
  const bool first = text.size() == 8 && text.starts_with("QP") && AllDigits(text.substr(2));
  const bool second = text.size() == 8 && text.starts_with("QN") &&
                      DepartementSurTrois(text.substr(2, 3)) && AllDigits(text.substr(5, 2)) &&
                      std::string_view("MINC").find(text[7]) != std::string_view::npos;
  if (first || second) return absl::OkStatus();
  return Refus(text, "un code de quartier prioritaire", "par exemple QP034001 ou QN03401M");
}

absl::Status VerifierCodeContrat(std::string_view text) {
  if (CodeContrat(text)) return absl::OkStatus();
  const std::vector<std::string> codes = DecouperCodesContrat(text);
  if (codes.size() > 1)
    return Refus(text, "un code de contrat",
                 absl::StrCat("plusieurs codes y sont collés, ", absl::StrJoin(codes, ", ")));
  return Refus(text, "un code de contrat", "par exemple CV110 ou CN03401M");
}

std::vector<std::string> DecouperCodesContrat(std::string_view text) {
  std::vector<std::string> codes;
  while (!text.empty()) {
    // The two generations differ in length; a letter C may end a code of the second.
    const std::string_view code = text.substr(0, text.starts_with("CN") ? 8 : 5);
    if (!CodeContrat(code)) return {};
    codes.emplace_back(code);
    text.remove_prefix(code.size());
  }
  return codes;
}

absl::Status VerifierExercice(int64_t year) {
  if (year >= 1990 && year <= 2100) return absl::OkStatus();
  return Refus(absl::StrCat(year), "un exercice", "une année de 1990 à 2100");
}

}  // namespace pdv::types
