#ifndef PDV_COMMON_TYPES_CODES_H_
#define PDV_COMMON_TYPES_CODES_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"

namespace pdv::types {

// Codes of places and contracts. Strict, pure, thread-safe; INVALID_ARGUMENT with a French
// sentence.

// INSEE code of a commune: 5 characters, "2A004", "97411", "75110" (an arrondissement). The former
// Corsican 20 is refused. That the commune exists is for the reference data to say.
absl::Status VerifierCommune(std::string_view text);
// Département (or overseas collectivity) of a valid commune's code: "34", "2A", "974", "987".
std::string DepartementDe(std::string_view commune);
// A QPV of either generation: QP + 6 digits (2015-2023), or QN + département (3 digits, 02A, 02B) +
// 2 digits + M, I, N or C (since 2024; overseas since 2025-01-01).
absl::Status VerifierQpv(std::string_view text);
// A contrat de ville: CV + 3 digits (2015-2023, and overseas after), or CN + département + 2 digits
// + a letter (2024-2030). Codes run together are listed in the refusal, none is chosen.
absl::Status VerifierCodeContrat(std::string_view text);
// The contract codes in a text where several were run together ("CV049CV050"); one code alone is a
// list of one; empty when it is not made of codes.
std::vector<std::string> DecouperCodesContrat(std::string_view text);
// Civil year of a budget: 1990 to 2100.
absl::Status VerifierExercice(int64_t year);

}  // namespace pdv::types

#endif  // PDV_COMMON_TYPES_CODES_H_
