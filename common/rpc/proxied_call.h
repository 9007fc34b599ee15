#ifndef PDV_COMMON_RPC_PROXIED_CALL_H_
#define PDV_COMMON_RPC_PROXIED_CALL_H_

#include <memory>

#include "common/rpc/client.h"
#include "common/rpc/served_call.h"
#include "grpcpp/client_context.h"
#include "grpcpp/generic/generic_stub.h"

namespace pdv::rpc {

// One method that is forwarded to a peer. Immutable.
struct ProxiedMethod {
  ServedMethod served;  // without handler nor prototype
  std::shared_ptr<Channel> channel;

  grpc::GenericStub& stub() const { return channel->stub(); }
};

// Both ends of a forwarded call: the one that we serve and the one that we make. Like ServedCall,
// held by the reactor of the call.
class ProxiedCall {
 public:
  ProxiedCall(const ProxiedMethod& method, grpc::CallbackServerContext* context)
      : method_(method), context_(context), served_(method.served, context) {}

  // Admission, then the metadata and the deadline of the call to the peer.
  absl::Status Open();
  // The end of a call that was not forwarded.
  grpc::Status Close(const absl::Status& status) { return served_.Close(status); }
  // The peer's end, given back as it is: trailing metadata, code, text and details.
  grpc::Status Close(const grpc::Status& status);
  void Cancel() {
    served_.call()->Cancel();
    client_.TryCancel();
  }

  const ProxiedMethod& method() const { return method_; }
  grpc::ClientContext* client() { return &client_; }
  void CountReceived(const grpc::ByteBuffer& bytes) { served_.CountReceived(bytes); }
  void CountSent(const grpc::ByteBuffer& bytes) { served_.CountSent(bytes); }

 private:
  const ProxiedMethod& method_;
  grpc::CallbackServerContext* const context_;
  ServedCall served_;
  grpc::ClientContext client_;
};

}  // namespace pdv::rpc

#endif  // PDV_COMMON_RPC_PROXIED_CALL_H_
