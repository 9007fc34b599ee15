#ifndef PDV_COMMON_TYPES_REFUS_H_
#define PDV_COMMON_TYPES_REFUS_H_

#include <string_view>

#include "absl/status/status.h"

namespace pdv::types {

// Abseil's string_view is not the standard one here.
inline absl::string_view View(std::string_view text) { return {text.data(), text.size()}; }

// INVALID_ARGUMENT "« text » n'est pas kind : why." The text comes from outside: no more than 60
// bytes of it are quoted, never half a character, so that an error stays short and is valid UTF-8
// if the text was. Pure, thread-safe.
absl::Status Refus(std::string_view text, std::string_view kind, std::string_view why);

}  // namespace pdv::types

#endif  // PDV_COMMON_TYPES_REFUS_H_
