#ifndef PDV_COMMON_RPC_SERVED_CALL_H_
#define PDV_COMMON_RPC_SERVED_CALL_H_

#include <memory>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "common/rpc/call.h"
#include "common/rpc/core.h"
#include "grpcpp/server_context.h"
#include "grpcpp/support/byte_buffer.h"
#include "grpcpp/support/status.h"

namespace pdv::rpc {

// What every call goes through, whatever its shape: admission and metadata before, one place for
// the status, the log line and the metric after. Held by the reactor of the call; one thread at a
// time, except `call()` and the byte counts.
class ServedCall {
 public:
  ServedCall(const ServedMethod& method, grpc::CallbackServerContext* context);
  ~ServedCall();
  ServedCall(const ServedCall&) = delete;
  ServedCall& operator=(const ServedCall&) = delete;

  // Refuses what cannot be served (draining, overload, deadline passed), reads the metadata.
  absl::Status Open();
  // One message of the client: parsed, without unknown field, valid.
  absl::StatusOr<MessagePtr> Read(grpc::ByteBuffer* bytes);
  // Whether the caller named positions that this process must reach before it serves.
  bool must_wait() const;
  // Gives `work` to the executor, which waits for the positions first. `work` gets OK, or why it
  // must only answer (too late, a position that was not reached). SURCHARGE when the executor is
  // full: then `work` is dropped.
  absl::Status OnExecutor(std::function<void(absl::Status ready)> work);
  // The end of the call: trailing metadata, log line, metric, and the status to send.
  grpc::Status Close(const absl::Status& status);
  // The same where the status to send is already known (a peer's).
  grpc::Status Close(const absl::Status& status, grpc::Status wire);

  const ServedMethod& method() const { return method_; }
  const CallPtr& call() const { return call_; }
  void CountReceived(const grpc::ByteBuffer& bytes) { received_ += bytes.Length(); }
  void CountSent(const grpc::ByteBuffer& bytes) { sent_ += bytes.Length(); }

 private:
  void WriteLog(const absl::Status& status, absl::StatusCode sent, absl::Duration duration) const;

  const ServedMethod& method_;
  grpc::CallbackServerContext* const context_;
  CallPtr call_ = std::make_shared<Call>();
  std::atomic<int64_t> received_{0};
  std::atomic<int64_t> sent_{0};
  MessagePtr request_;  // kept where a debug log may have to show it, masked
};

}  // namespace pdv::rpc

#endif  // PDV_COMMON_RPC_SERVED_CALL_H_
