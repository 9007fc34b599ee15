#include "common/types/centimes.h"

#include <algorithm>
#include <numeric>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"

namespace pdv::types {
namespace {

// Products of an amount and a weight need more than 64 bits.
__extension__ typedef __int128 Wide;

constexpr std::string_view kNoBreak = "\u00A0", kNarrow = "\u202F", kEuro = "€";

bool Consume(std::string_view& text, std::string_view prefix) {
  if (text.substr(0, prefix.size()) != prefix) return false;
  text.remove_prefix(prefix.size());
  return true;
}

absl::Status Refuse(std::string_view text, std::string_view why) {
  return absl::InvalidArgumentError(
      absl::StrCat("« ", absl::string_view(text.data(), text.size()),
                   " » n'est pas un montant : ", absl::string_view(why.data(), why.size()), "."));
}

}  // namespace

absl::StatusOr<Centimes> Additionner(Centimes a, Centimes b) {
  Centimes sum;
  if (__builtin_add_overflow(a, b, &sum))
    return absl::OutOfRangeError("La somme dépasse ce qu'un montant peut porter.");
  return sum;
}

absl::StatusOr<Centimes> LireMontant(std::string_view text) {
  std::string_view rest = text;
  auto skip_blanks = [&rest] {
    while (Consume(rest, " ") || Consume(rest, kNoBreak) || Consume(rest, kNarrow)) {
    }
  };
  skip_blanks();
  const bool negative = Consume(rest, "-");
  Wide cents = 0;
  int digits = 0, decimals = -1;
  bool gap = false;  // a blank was seen: three digits must follow
  int since_gap = 0;
  while (!rest.empty()) {
    const char c = rest.front();
    if (c >= '0' && c <= '9') {
      rest.remove_prefix(1);
      if (decimals >= 2) {
        if (c != '0') return Refuse(text, "il a plus de deux décimales");
        ++decimals;
        continue;
      }
      cents = cents * 10 + (c - '0');
      if (decimals >= 0) {
        ++decimals;
      } else {
        ++digits;
        ++since_gap;
      }
      if (cents > Wide{kMontantMaximal} * 100) return Refuse(text, "il dépasse 100 milliards d'euros");
    } else if (c == '.' || c == ',') {
      if (decimals >= 0) return Refuse(text, "il a deux séparateurs décimaux");
      if (gap && since_gap != 3) return Refuse(text, "les milliers ne vont pas par trois chiffres");
      rest.remove_prefix(1);
      decimals = 0;
    } else {
      std::string_view before = rest;
      skip_blanks();
      if (rest.size() == before.size()) break;
      if (rest.empty() || rest.front() < '0' || rest.front() > '9') break;
      if (decimals >= 0) return Refuse(text, "une espace coupe les décimales");
      if ((gap && since_gap != 3) || since_gap == 0 || since_gap > 3)
        return Refuse(text, "les milliers ne vont pas par trois chiffres");
      gap = true;
      since_gap = 0;
    }
  }
  skip_blanks();
  Consume(rest, kEuro);
  skip_blanks();
  if (!rest.empty()) return Refuse(text, "il contient un caractère qui n'est pas d'un nombre");
  if (digits == 0) return Refuse(text, "il n'a aucun chiffre");
  if (gap && decimals < 0 && since_gap != 3)
    return Refuse(text, "les milliers ne vont pas par trois chiffres");
  if (decimals < 1) cents *= 100;
  if (decimals == 1) cents *= 10;
  if (cents > kMontantMaximal) return Refuse(text, "il dépasse 100 milliards d'euros");
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
  Wide sum = 0;
  for (int64_t weight : weights) sum += weight;
  if (sum == 0) {
    parts[0] = total;
    return parts;
  }
  // A negative total (a correction) splits as its opposite does.
  const Wide whole = total < 0 ? -static_cast<Wide>(total) : static_cast<Wide>(total);
  std::vector<Wide> remainders(weights.size());
  Wide given = 0;
  for (size_t i = 0; i < weights.size(); ++i) {
    parts[i] = static_cast<Centimes>(whole * weights[i] / sum);
    remainders[i] = whole * weights[i] % sum;
    given += parts[i];
  }
  std::vector<size_t> order(weights.size());
  std::iota(order.begin(), order.end(), 0);
  std::stable_sort(order.begin(), order.end(),
                   [&](size_t a, size_t b) { return remainders[a] > remainders[b]; });
  for (size_t i = 0; given < whole; ++i, ++given) ++parts[order[i]];
  if (total < 0) {
    for (Centimes& part : parts) part = -part;
  }
  return parts;
}

}  // namespace pdv::types
