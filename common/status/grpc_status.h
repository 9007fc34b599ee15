#ifndef PDV_COMMON_STATUS_GRPC_STATUS_H_
#define PDV_COMMON_STATUS_GRPC_STATUS_H_

#include <string_view>

#include "absl/status/status.h"
#include "google/rpc/status.pb.h"
#include "grpcpp/support/status.h"

namespace pdv::status {

// absl::Status -> google.rpc.Status with exactly one ErrorInfo (domain = `domain`, for example
// "contrats.pdv"), the details that the error carries, and a LocalizedMessage fr-FR. An error that
// was not built by status::Error becomes INTERNAL / ERREUR_INTERNE with a neutral text: driver
// text never leaves the process. CANCELLED, DEADLINE_EXCEEDED, UNAVAILABLE keep their code.
// What would not fit in the metadata that every gRPC client accepts (8 KiB) is left out: the last
// violations, counted in the metadata `violations_omises`, and the end of a message of 300 bytes.
google::rpc::Status ToRpcStatus(const absl::Status& status, std::string_view domain);

// The same as a grpc::Status whose binary details are the google.rpc.Status.
grpc::Status ToGrpc(const absl::Status& status, std::string_view domain);

// A peer's answer back into an absl::Status with the same payloads.
absl::Status FromGrpc(const grpc::Status& status);

}  // namespace pdv::status

#endif  // PDV_COMMON_STATUS_GRPC_STATUS_H_
