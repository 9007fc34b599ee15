#ifndef PDV_COMMON_TYPES_NOM_H_
#define PDV_COMMON_TYPES_NOM_H_

#include <string>
#include <string_view>

namespace pdv::types {

// A resource id from a label: lower case, accents taken off, anything else becomes one "-", at most 60
// characters. "Saint-Étienne (42)" -> "saint-etienne-42"; "" when nothing is left.
std::string IdentifiantDe(std::string_view label);

// The last segment of a resource name: "cv110" of "contrats/cv110".
std::string_view DernierSegment(std::string_view name);

}  // namespace pdv::types

#endif  // PDV_COMMON_TYPES_NOM_H_
