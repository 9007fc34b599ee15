#ifndef PDV_COMMON_RPC_CALL_METADATA_H_
#define PDV_COMMON_RPC_CALL_METADATA_H_

#include <string>

#include "absl/status/status.h"
#include "common/rpc/call.h"
#include "grpcpp/server_context.h"

namespace pdv::rpc {

// Keys of the metadata that the suite's processes exchange.
inline constexpr char kRequestIdKey[] = "x-request-id";  // the correlation id
inline constexpr char kTraceparentKey[] = "traceparent";
inline constexpr char kActeurKey[] = "x-pdv-acteur";
inline constexpr char kRoleKey[] = "x-pdv-role";
inline constexpr char kOrganisationKey[] = "x-pdv-organisation";
inline constexpr char kPositionKey[] = "x-pdv-position";
// "1" with an answer that was given before to the same request_id: nothing was done this time.
inline constexpr char kReplayedKey[] = "x-pdv-rejoue";

// Fills identity, correlation id (made when absent), trace, positions and deadline of the call.
// INVALID_ARGUMENT / METADONNEE_INVALIDE for a position that is not `service=number`: to ignore it
// would break the promise that the caller reads its own writes.
absl::Status ReadMetadata(const grpc::CallbackServerContext& context, Call* call);

// 32 random hexadecimal digits. Thread-safe.
std::string NewCorrelationId();

}  // namespace pdv::rpc

#endif  // PDV_COMMON_RPC_CALL_METADATA_H_
