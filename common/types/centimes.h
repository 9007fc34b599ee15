#ifndef PDV_COMMON_TYPES_CENTIMES_H_
#define PDV_COMMON_TYPES_CENTIMES_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

namespace pdv::types {

// Amounts are euro cents in an int64_t everywhere; a double never touches money.
using Centimes = int64_t;

// Largest amount that the suite takes for one line: 100 billion euros. Sums of a million of them
// still fit an int64_t.
inline constexpr Centimes kMontantMaximal = 10'000'000'000'000;

// a + b; OUT_OF_RANGE on overflow.
absl::StatusOr<Centimes> Additionner(Centimes a, Centimes b);
// a - b; OUT_OF_RANGE on overflow.
absl::StatusOr<Centimes> Soustraire(Centimes a, Centimes b);
// The sum of any number of amounts; OUT_OF_RANGE only when the sum itself does not fit, whatever
// the order. No amount: 0.
absl::StatusOr<Centimes> Sommer(const std::vector<Centimes>& amounts);

// Reads an amount as people write it: "1234.56", "58 400,00", "12 350 000 €", with plain,
// non-breaking (U+00A0) or narrow (U+202F) spaces between thousands. INVALID_ARGUMENT, with a
// French sentence, for anything else: more than two decimals that are not zeros, an exponent, two
// separators, nothing after the separator, a damaged character. Negative amounts are read
// ("-12,50").
absl::StatusOr<Centimes> LireMontant(std::string_view text);

// "1 234 567,89 €": thousands by U+202F, U+00A0 before the sign, as French typography has it.
std::string FormaterMontant(Centimes montant);

// Splits `total` along weights (a negative one counts as zero) by the largest remainder: the parts
// sum to exactly `total`, ties go to the earlier weight. All weights zero: everything goes to the
// first part. No weight: no part.
std::vector<Centimes> RepartirAuPlusFortReste(Centimes total, const std::vector<int64_t>& weights);

// A share of a total in basis points (10 000 = all, 100 = a point), rounded half away from zero. A
// share of nothing is unknown, not zero: no value unless the total is positive.
std::optional<int64_t> PartEnPointsDeBase(Centimes part, Centimes total);

}  // namespace pdv::types

#endif  // PDV_COMMON_TYPES_CENTIMES_H_
