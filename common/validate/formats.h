#ifndef PDV_COMMON_VALIDATE_FORMATS_H_
#define PDV_COMMON_VALIDATE_FORMATS_H_

#include <cstdint>
#include <string_view>

#include "absl/status/status.h"
#include "pdv/commun/options/v1/options.pb.h"

namespace pdv::validate {

// The identifiers of common/types by their option. OK when the value is of the format; otherwise
// a French sentence, which may quote the value. Pure.
absl::Status CheckFormat(::pdv::commun::options::v1::Format format, std::string_view text);
// Formats of numbers (FORMAT_EXERCICE); a number has no other format.
absl::Status CheckFormat(::pdv::commun::options::v1::Format format, int64_t value);

}  // namespace pdv::validate

#endif  // PDV_COMMON_VALIDATE_FORMATS_H_
