#ifndef PDV_COMMON_RPC_CALL_METADATA_H_
#define PDV_COMMON_RPC_CALL_METADATA_H_

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

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

// What names a caller is text, and a metadata value is printable ASCII: every other byte of its
// UTF-8, the space and '%' travel as "%C3" (RFC 3986).
std::string EncodeIdentity(std::string_view text);
// nullopt for a '%' without its two hexadecimal digits, for bytes that are no UTF-8, and for
// control characters: no name has one, and neither the journal nor a log line may be given one.
std::optional<std::string> DecodeIdentity(std::string_view value);
// The metadata that says who calls, encoded; nothing for what is empty.
std::vector<std::pair<std::string, std::string>> MetadataOf(const Identity& identity);

// Fills identity, correlation id (made when absent), trace, positions and deadline of the call.
// INVALID_ARGUMENT / METADONNEE_INVALIDE for an identity that DecodeIdentity refuses, and for a
// position that is not `service=number`: to ignore it would break the promise that the caller reads
// its own writes.
absl::Status ReadMetadata(const grpc::CallbackServerContext& context, Call* call);

// 32 random hexadecimal digits. Thread-safe.
std::string NewCorrelationId();

}  // namespace pdv::rpc

#endif  // PDV_COMMON_RPC_CALL_METADATA_H_
