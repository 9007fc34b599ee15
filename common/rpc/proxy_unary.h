#ifndef PDV_COMMON_RPC_PROXY_UNARY_H_
#define PDV_COMMON_RPC_PROXY_UNARY_H_

#include "common/rpc/proxied_call.h"
#include "grpcpp/support/server_callback.h"

namespace pdv::rpc {

// One unary call, forwarded without a copy of its bytes.
class ProxyUnary : public grpc::ServerUnaryReactor {
 public:
  static ProxyUnary* Start(const ProxiedMethod& method, grpc::CallbackServerContext* context,
                           const grpc::ByteBuffer* request, grpc::ByteBuffer* response);
  void OnDone() override { delete this; }
  void OnCancel() override { call_.Cancel(); }
  bool InternalInlineable() override { return true; }  // see UnaryCall

 private:
  ProxyUnary(const ProxiedMethod& method, grpc::CallbackServerContext* context)
      : call_(method, context) {}
  ProxiedCall call_;
};

}  // namespace pdv::rpc

#endif  // PDV_COMMON_RPC_PROXY_UNARY_H_
