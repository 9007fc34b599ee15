#include "services/evaluation/domain/regles.h"

#include <vector>

#include "absl/strings/str_cat.h"
#include "common/status/error.h"
#include "common/types/date.h"

namespace pdv::evaluation {
namespace {

types::Date De(const google::type::Date& date) {
  return types::Date(date.year(), date.month(), date.day());
}

__extension__ typedef __int128 Wide;
constexpr int kDecimales = 6;

// "12.5" -> 12 500 000 millionths. 21 digits at most: more than 64 bits.
std::optional<Wide> Millioniemes(std::string_view text) {
  const bool negative = !text.empty() && text[0] == '-';
  if (negative) text.remove_prefix(1);
  Wide value = 0;
  int digits = 0, decimals = -1;
  for (char c : text) {
    if (c == '.' && decimals < 0 && digits > 0) {
      decimals = 0;
    } else if (c >= '0' && c <= '9' && decimals < kDecimales && digits < 15 + kDecimales) {
      value = value * 10 + (c - '0');
      ++digits;
      if (decimals >= 0) ++decimals;
    } else {
      return std::nullopt;
    }
  }
  if (digits == 0 || decimals == 0) return std::nullopt;
  for (int i = decimals < 0 ? 0 : decimals; i < kDecimales; ++i) value *= 10;
  return negative ? -value : value;
}

std::string Texte(Wide value) {
  const bool negative = value < 0;
  if (negative) value = -value;
  std::string digits;
  for (int i = 0; value > 0 || i <= kDecimales; ++i) {
    digits.insert(digits.begin(), static_cast<char>('0' + static_cast<int>(value % 10)));
    value /= 10;
    if (i == kDecimales - 1) digits.insert(digits.begin(), '.');
  }
  while (digits.back() == '0') digits.pop_back();
  if (digits.back() == '.') digits.pop_back();
  return negative ? absl::StrCat("-", digits) : digits;
}

}  // namespace

absl::Status VerifierMesure(const v1::Mesure& mesure) {
  std::vector<status::Violation> violations;
  const bool known = mesure.statut() == v1::STATUT_MESURE_CONNUE;
  if (known && mesure.valeur().empty())
    violations.push_back({"mesure.valeur", "VALEUR_INCOHERENTE",
                          "Une mesure connue a une valeur ; zéro s'écrit « 0 »."});
  if (!known && !mesure.valeur().empty())
    violations.push_back({"mesure.valeur", "VALEUR_INCOHERENTE",
                          "Une mesure inconnue ou sans objet n'a pas de valeur."});
  if (De(mesure.fin()) <= De(mesure.debut()))
    violations.push_back({"mesure.fin", "PERIODE_INVALIDE",
                          "La période finit après avoir commencé."});
  return violations.empty() ? absl::OkStatus() : status::InvalidRequest(std::move(violations));
}

std::optional<std::string> Difference(std::string_view a, std::string_view b) {
  const std::optional<Wide> left = Millioniemes(a), right = Millioniemes(b);
  if (!left || !right) return std::nullopt;
  return Texte(*left - *right);
}

}  // namespace pdv::evaluation
