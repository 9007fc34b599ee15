#ifndef PDV_COMMON_TYPES_NOM_H_
#define PDV_COMMON_TYPES_NOM_H_

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

namespace pdv::types {

// A resource id from a label: lower case, accents taken off, anything else becomes one "-", at most
// 60 characters. "Saint-Étienne (42)" -> "saint-etienne-42"; "" when nothing is left.
std::string IdentifiantDe(std::string_view label);

// The last segment of a resource name: "cv110" of "contrats/cv110".
std::string_view DernierSegment(std::string_view name);

// What the servers accept as the id of a resource (AIP-122): 1 to 100 lower-case letters, digits
// and
// "- . _ ~", not beginning with "-" or ".".
bool IdentifiantValide(std::string_view id);

// "contrats/cv110" of {"contrats", "cv110"}. The segments are the caller's: nothing is checked.
std::string JoindreNom(std::initializer_list<std::string_view> segments);

// The ids of a name that fits a pattern: {"piliers-2015-2023", "education"} of
// "nomenclatures/piliers-2015-2023/thematiques/education" by "nomenclatures/*/thematiques/*".
// INVALID_ARGUMENT with a French sentence when the name does not fit.
absl::StatusOr<std::vector<std::string>> LireNom(std::string_view name, std::string_view pattern);

}  // namespace pdv::types

#endif  // PDV_COMMON_TYPES_NOM_H_
