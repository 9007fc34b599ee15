#ifndef PDV_SERVICES_GATEWAY_DOMAIN_PARTS_H_
#define PDV_SERVICES_GATEWAY_DOMAIN_PARTS_H_

#include <cstdint>
#include <optional>
#include <vector>

namespace pdv::gateway {

// Shares of a total in basis points (10 000 = all), by the largest remainder: they sum to exactly
// 10 000 when the total is positive, and are all 0 when it is 0. Ties go to the earlier row.
// `amounts` are non-negative, in cents.
std::vector<int32_t> PartsEnPoints(const std::vector<int64_t>& amounts);

// One share alone, rounded half up, in basis points; 0 when the total is 0.
int32_t PointsDe(int64_t amount, int64_t total);

// Droit commun voted for the crédits spécifiques voted, in basis points (25 000: 2.5 € of droit
// commun for 1 € of crédits spécifiques). Nothing when no crédits spécifiques were voted: a ratio to
// zero is not a number (founding document: the policy complements the droit commun, S5).
std::optional<int32_t> LevierEnPoints(int64_t droit_commun, int64_t specifiques);

}  // namespace pdv::gateway

#endif  // PDV_SERVICES_GATEWAY_DOMAIN_PARTS_H_
