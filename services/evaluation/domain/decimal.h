#ifndef PDV_SERVICES_EVALUATION_DOMAIN_DECIMAL_H_
#define PDV_SERVICES_EVALUATION_DOMAIN_DECIMAL_H_

#include <optional>
#include <string>
#include <string_view>

namespace pdv::evaluation {

// Exact decimals, as measures and targets write them: at most 15 digits and 6 decimals, a point, no
// exponent. They are computed as whole millionths, without rounding. All functions are pure and
// answer nullopt where a text is not such a number.

// a − b, in the shortest writing ("5.25", "0").
std::optional<std::string> Difference(std::string_view a, std::string_view b);

// -1, 0 or 1.
std::optional<int> Signe(std::string_view text);

}  // namespace pdv::evaluation

#endif  // PDV_SERVICES_EVALUATION_DOMAIN_DECIMAL_H_
