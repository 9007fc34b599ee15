#include "services/evaluation/domain/decimal.h"

#include "absl/strings/str_cat.h"

namespace pdv::evaluation {
namespace {

__extension__ typedef __int128 Wide;
constexpr int kDecimales = 6;

// "12.5" -> 12 500 000 millionths: up to 22 digits (a difference has one more than its terms), more
// than 64 bits hold.
std::optional<Wide> Millioniemes(std::string_view text) {
  const bool negative = !text.empty() && text[0] == '-';
  if (negative) text.remove_prefix(1);
  Wide value = 0;
  int digits = 0, decimals = -1;
  for (char c : text) {
    if (c == '.' && decimals < 0 && digits > 0) {
      decimals = 0;
    } else if (c >= '0' && c <= '9' && decimals < kDecimales && digits < 16 + kDecimales) {
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

std::optional<std::string> Difference(std::string_view a, std::string_view b) {
  const std::optional<Wide> left = Millioniemes(a), right = Millioniemes(b);
  if (!left || !right) return std::nullopt;
  return Texte(*left - *right);
}

std::optional<int> Signe(std::string_view text) {
  const std::optional<Wide> value = Millioniemes(text);
  if (!value) return std::nullopt;
  return *value == 0 ? 0 : (*value < 0 ? -1 : 1);
}

}  // namespace pdv::evaluation
