#ifndef PDV_SERVICES_EVALUATION_DOMAIN_REGLES_H_
#define PDV_SERVICES_EVALUATION_DOMAIN_REGLES_H_

#include <optional>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "pdv/evaluation/v1/mesure.pb.h"

namespace pdv::evaluation {

// A measure's value is set if and only if it is known (unknown ≠ not applicable ≠ zero), and its period
// ends after it begins. INVALID_ARGUMENT with every violation.
absl::Status VerifierMesure(const v1::Mesure& mesure);

// a − b of two exact decimals of at most 15 digits and 6 decimals; nullopt where one is not such a
// number. No rounding: decimals are integers of millionths.
std::optional<std::string> Difference(std::string_view a, std::string_view b);

}  // namespace pdv::evaluation

#endif  // PDV_SERVICES_EVALUATION_DOMAIN_REGLES_H_
