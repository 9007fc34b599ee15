#include "common/rpc/raw_service.h"

#include <utility>

#include "grpcpp/impl/codegen/server_callback_handlers.h"
#include "grpcpp/impl/rpc_service_method.h"

namespace pdv::rpc {

namespace internal = grpc::internal;

void RawService::AddUnary(const std::string& path, Unary start) {
  AddMethod(new internal::RpcServiceMethod(path.c_str(), internal::RpcMethod::NORMAL_RPC, nullptr));
  MarkMethodRawCallback(methods_++,
                        new internal::CallbackUnaryHandler<Bytes, Bytes>(std::move(start)));
}

void RawService::AddServerStream(const std::string& path, ServerStream start) {
  AddMethod(
      new internal::RpcServiceMethod(path.c_str(), internal::RpcMethod::SERVER_STREAMING, nullptr));
  MarkMethodRawCallback(
      methods_++, new internal::CallbackServerStreamingHandler<Bytes, Bytes>(std::move(start)));
}

void RawService::AddClientStream(const std::string& path, ClientStream start) {
  AddMethod(
      new internal::RpcServiceMethod(path.c_str(), internal::RpcMethod::CLIENT_STREAMING, nullptr));
  MarkMethodRawCallback(
      methods_++, new internal::CallbackClientStreamingHandler<Bytes, Bytes>(std::move(start)));
}

}  // namespace pdv::rpc
