#include "common/types/centimes.h"

#include <algorithm>
#include <iterator>
#include <limits>
#include <numeric>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "common/types/refus.h"

namespace pdv::types {
namespace {

// Products of an amount and a weight need more than 64 bits.
__extension__ typedef __int128 Wide;

constexpr std::string_view kNoBreak = "\u00A0", kNarrow = "\u202F", kEuro = "€";

constexpr std::string_view kBlanks[] = {" ", kNoBreak, kNarrow};

bool Digit(char c) { return c >= '0' && c <= '9'; }

bool Consume(std::string_view& text, std::string_view prefix) {
  if (!text.starts_with(prefix)) return false;
  text.remove_prefix(prefix.size());
  return true;
}

bool ConsumeEnd(std::string_view& text, std::string_view suffix) {
  if (!text.ends_with(suffix)) return false;
  text.remove_suffix(suffix.size());
  return true;
}

bool ConsumeBlank(std::string_view& text) {
  return std::any_of(std::begin(kBlanks), std::end(kBlanks),
                     [&text](std::string_view blank) { return Consume(text, blank); });
}

void Trim(std::string_view& text) {
  while (ConsumeBlank(text)) {
  }
  while (std::any_of(std::begin(kBlanks), std::end(kBlanks),
                     [&text](std::string_view blank) { return ConsumeEnd(text, blank); })) {
  }
}

// Euros before the decimal mark, or what is wrong with them. "12 350 000": once a blank is seen,
// every group but the first has three digits, and the first one to three.
const char* ReadEuros(std::string_view text, Wide* euros) {
  constexpr const char* kGroups = "les milliers ne vont pas par trois chiffres";
  bool grouped = false;
  int group = 0;
  while (!text.empty()) {
    if (Digit(text.front())) {
      *euros = *euros * 10 + (text.front() - '0');
      // Checked at each digit, so that a thousand of them cannot overflow.
      if (*euros > kMontantMaximal) return "il dépasse 100 milliards d'euros";
      text.remove_prefix(1);
      ++group;
      continue;
    }
    if (!ConsumeBlank(text)) return "il contient un caractère qui n'est pas d'un nombre";
    while (ConsumeBlank(text)) {
    }
    if (group == 0 || group > 3 || (grouped && group != 3)) return kGroups;
    grouped = true;
    group = 0;
  }
  if (grouped && group != 3) return kGroups;
  return group == 0 ? "il n'a aucun chiffre" : nullptr;
}

// Cents after the decimal mark, or what is wrong with them. Zeros beyond the second are harmless;
// anything else would have to be rounded, and money is not rounded on reading.
const char* ReadCents(std::string_view text, Wide* cents) {
  if (text.empty()) return "rien ne suit son séparateur décimal";
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '.' || text[i] == ',') return "il a deux séparateurs décimaux";
    if (!Digit(text[i])) return "ses décimales ne sont pas toutes des chiffres";
    if (i >= 2 && text[i] != '0') return "il a plus de deux décimales";
    if (i < 2) *cents += (text[i] - '0') * (i == 0 ? 10 : 1);
  }
  return nullptr;
}

}  // namespace

absl::StatusOr<Centimes> Additionner(Centimes a, Centimes b) {
  Centimes sum;
  if (__builtin_add_overflow(a, b, &sum))
    return absl::OutOfRangeError("La somme dépasse ce qu'un montant peut porter.");
  return sum;
}

absl::StatusOr<Centimes> Soustraire(Centimes a, Centimes b) {
  Centimes difference;
  if (__builtin_sub_overflow(a, b, &difference))
    return absl::OutOfRangeError("La différence dépasse ce qu'un montant peut porter.");
  return difference;
}

absl::StatusOr<Centimes> Sommer(const std::vector<Centimes>& amounts) {
  Wide sum = 0;
  for (Centimes amount : amounts) sum += amount;
  if (sum != static_cast<Centimes>(sum))
    return absl::OutOfRangeError("La somme dépasse ce qu'un montant peut porter.");
  return static_cast<Centimes>(sum);
}

absl::StatusOr<Centimes> LireMontant(std::string_view text) {
  std::string_view rest = text;
  Trim(rest);
  const bool negative = Consume(rest, "-");
  if (ConsumeEnd(rest, kEuro)) Trim(rest);
  const size_t mark = rest.find_first_of(".,");
  Wide euros = 0, cents = 0;
  const char* wrong = ReadEuros(rest.substr(0, mark), &euros);
  if (wrong == nullptr && mark != std::string_view::npos)
    wrong = ReadCents(rest.substr(mark + 1), &cents);
  cents += euros * 100;
  if (wrong == nullptr && cents > kMontantMaximal) wrong = "il dépasse 100 milliards d'euros";
  if (wrong != nullptr) return Refus(text, "un montant", wrong);
  return static_cast<Centimes>(negative ? -cents : cents);
}

std::string FormaterMontant(Centimes montant) {
  const bool negative = montant < 0;
  const uint64_t value = negative ? 0 - static_cast<uint64_t>(montant) : montant;
  std::string euros = absl::StrCat(value / 100), grouped;
  for (size_t i = 0; i < euros.size(); ++i) {
    if (i > 0 && (euros.size() - i) % 3 == 0) grouped += kNarrow;
    grouped += euros[i];
  }
  const uint64_t cents = value % 100;
  return absl::StrCat(negative ? "-" : "", grouped, ",", cents < 10 ? "0" : "", cents, "\u00A0€");
}

std::vector<Centimes> RepartirAuPlusFortReste(Centimes total, const std::vector<int64_t>& weights) {
  std::vector<Centimes> parts(weights.size(), 0);
  if (weights.empty()) return parts;
  auto weight = [&weights](size_t i) {
    return static_cast<Wide>(std::max<int64_t>(weights[i], 0));
  };
  Wide sum = 0;
  for (size_t i = 0; i < weights.size(); ++i) sum += weight(i);
  if (sum == 0) {
    parts[0] = total;
    return parts;
  }
  // A negative total (a correction) splits as its opposite does.
  const int sign = total < 0 ? -1 : 1;
  const Wide whole = static_cast<Wide>(total) * sign;
  std::vector<Wide> shares(weights.size()), remainders(weights.size());
  Wide given = 0;
  for (size_t i = 0; i < weights.size(); ++i) {
    shares[i] = whole * weight(i) / sum;
    remainders[i] = whole * weight(i) % sum;
    given += shares[i];
  }
  std::vector<size_t> order(weights.size());
  std::iota(order.begin(), order.end(), 0);
  std::stable_sort(order.begin(), order.end(),
                   [&](size_t a, size_t b) { return remainders[a] > remainders[b]; });
  for (size_t i = 0; given < whole; ++i, ++given) ++shares[order[i]];
  for (size_t i = 0; i < weights.size(); ++i) parts[i] = static_cast<Centimes>(shares[i] * sign);
  return parts;
}

std::optional<int64_t> PartEnPointsDeBase(Centimes part, Centimes total) {
  if (total <= 0) return std::nullopt;
  const Wide scaled = static_cast<Wide>(part) * 10'000 * 2;
  const Wide rounded = (scaled + (part < 0 ? -total : total)) / (static_cast<Wide>(total) * 2);
  const Wide bound = std::numeric_limits<int64_t>::max();
  return static_cast<int64_t>(std::clamp(rounded, -bound, bound));
}

}  // namespace pdv::types
