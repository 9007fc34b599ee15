#ifndef PDV_COMMON_RPC_PEM_H_
#define PDV_COMMON_RPC_PEM_H_

#include <string>

#include "absl/status/statusor.h"

namespace pdv::rpc {

// The text of a PEM file. FAILED_PRECONDITION with a French message when it cannot be read, or is
// empty: gRPC takes an empty text for its own default, which is to trust more, never less.
absl::StatusOr<std::string> ReadPem(const std::string& path);

}  // namespace pdv::rpc

#endif  // PDV_COMMON_RPC_PEM_H_
