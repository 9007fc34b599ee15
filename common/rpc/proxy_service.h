#ifndef PDV_COMMON_RPC_PROXY_SERVICE_H_
#define PDV_COMMON_RPC_PROXY_SERVICE_H_

#include <memory>

#include "absl/status/statusor.h"
#include "common/rpc/core.h"
#include "common/rpc/proxy.h"
#include "grpcpp/impl/service_type.h"

namespace pdv::rpc {

// A Proxy as a grpc::Service. FAILED_PRECONDITION when the service is not linked in or one of its
// methods has no permission.
absl::StatusOr<std::unique_ptr<grpc::Service>> MakeProxyService(const Proxy& proxy, Core* core);

}  // namespace pdv::rpc

#endif  // PDV_COMMON_RPC_PROXY_SERVICE_H_
