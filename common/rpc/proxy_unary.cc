#include "common/rpc/proxy_unary.h"

#include <utility>

namespace pdv::rpc {

ProxyUnary* ProxyUnary::Start(const ProxiedMethod& method, grpc::CallbackServerContext* context,
                              const grpc::ByteBuffer* request, grpc::ByteBuffer* response) {
  auto* proxy = new ProxyUnary(method, context);
  if (absl::Status open = proxy->call_.Open(); !open.ok()) {
    grpc::Status refused = proxy->call_.Close(open);
    proxy->Finish(std::move(refused));
    return proxy;
  }
  proxy->call_.CountReceived(*request);
  method.stub().UnaryCall(proxy->call_.client(), method.served.path, {}, request, response,
                          [proxy, response](grpc::Status status) {
                            if (status.ok()) proxy->call_.CountSent(*response);
                            grpc::Status wire = proxy->call_.Close(status);
                            // The last touch: the call may be deleted before this returns.
                            proxy->Finish(std::move(wire));
                          });
  return proxy;
}

}  // namespace pdv::rpc
