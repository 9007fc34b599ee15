#ifndef PDV_COMMON_RPC_UNARY_CALL_H_
#define PDV_COMMON_RPC_UNARY_CALL_H_

#include "common/rpc/served_call.h"
#include "grpcpp/support/server_callback.h"

namespace pdv::rpc {

// One unary call, from its bytes to its answer.
class UnaryCall : public grpc::ServerUnaryReactor {
 public:
  // Owned by gRPC, which deletes it through OnDone.
  static UnaryCall* Start(const ServedMethod& method, grpc::CallbackServerContext* context,
                          const grpc::ByteBuffer* request, grpc::ByteBuffer* response);

  void OnDone() override { delete this; }
  void OnCancel() override { served_.call()->Cancel(); }
  // Both reactions above are a few instructions: gRPC may run them where it is, which saves a hop
  // to another thread per call (as gRPC's own default reactor does).
  bool InternalInlineable() override { return true; }

  // The one answer of the call.
  void Answer(absl::StatusOr<MessagePtr> answer);

 private:
  UnaryCall(const ServedMethod& method, grpc::CallbackServerContext* context,
            grpc::ByteBuffer* response)
      : served_(method, context), response_(response) {}
  absl::Status Run(const grpc::ByteBuffer* request);
  void Handle(MessagePtr request);

  ServedCall served_;
  grpc::ByteBuffer* const response_;
};

}  // namespace pdv::rpc

#endif  // PDV_COMMON_RPC_UNARY_CALL_H_
