#ifndef PDV_SERVICES_EVALUATION_DOMAIN_REGLES_H_
#define PDV_SERVICES_EVALUATION_DOMAIN_REGLES_H_

#include <optional>
#include <string_view>

#include "absl/status/status.h"
#include "pdv/evaluation/v1/indicateur.pb.h"
#include "pdv/evaluation/v1/mesure.pb.h"

namespace pdv::evaluation {

// A measure's value is set if and only if it is known (unknown ≠ not applicable ≠ zero), and its
// period ends after it begins. INVALID_ARGUMENT with every violation.
absl::Status VerifierMesure(const v1::Mesure& mesure);

// The disaggregation ("sexe=f,age=12-17") uses axes that the indicator declares, each once.
// INVALID_ARGUMENT / DESAGREGATION_INCONNUE.
absl::Status VerifierDesagregation(std::string_view desagregation,
                                   const v1::Indicateur& indicateur);

// Gives a new indicator its version 1, and refuses (FAILED_PRECONDITION / VERSION_REQUISE) a change
// of what its values mean (unit, definition, aggregation) under the same version: a series would
// mix two things. `before` is null for a new one.
absl::Status VerifierVersion(const v1::Indicateur* before, v1::Indicateur* after);

// Where a target stands: `ecart` is measured less target, nullopt where nothing was measured.
v1::Atteinte Situation(v1::Polarite polarite, std::optional<std::string_view> ecart);

}  // namespace pdv::evaluation

#endif  // PDV_SERVICES_EVALUATION_DOMAIN_REGLES_H_
