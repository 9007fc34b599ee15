#ifndef PDV_COMMON_RPC_STREAM_CALL_H_
#define PDV_COMMON_RPC_STREAM_CALL_H_

#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>

#include "common/rpc/served_call.h"
#include "common/rpc/stream.h"
#include "grpcpp/support/server_callback.h"

namespace pdv::rpc {

// One server stream: the reactor that gRPC drives and the sink that the handler writes to. Lives
// until gRPC is done with it and nobody holds the sink.
//
// At most one operation (a write, then Finish) is under way: whoever takes the turn under the lock
// starts the operation after having released it.
class StreamCall : public grpc::ServerWriteReactor<grpc::ByteBuffer>,
                   public StreamSink,
                   public OpenStream,
                   public std::enable_shared_from_this<StreamCall> {
 public:
  static StreamCall* Start(const ServedMethod& method, grpc::CallbackServerContext* context,
                           const grpc::ByteBuffer* request);

  bool TryWrite(MessagePtr message) override;
  bool HasRoom() const override;
  absl::Status Write(MessagePtr message) override;
  void Finish(absl::Status status) override;
  void OnDone(std::function<void()> callback) override;
  bool done() const override;
  void EndForDrain() override;

  void OnWriteDone(bool ok) override;
  void OnCancel() override;
  void OnDone() override;

 private:
  // A message is taken while there are fewer, and while they weigh less.
  static constexpr size_t kCapacity = 64;
  static constexpr size_t kCapacityBytes = 512 * 1024;
  struct Queued {
    MessagePtr message;
    size_t bytes;
  };

  StreamCall(const ServedMethod& method, grpc::CallbackServerContext* context);
  absl::Status Run(const grpc::ByteBuffer* request);
  void Handle(MessagePtr request);
  bool Accepts() const { return !over_ && !finish_.has_value(); }
  bool Room() const { return queue_.size() < kCapacity && queued_bytes_ < kCapacityBytes; }
  void Push(MessagePtr message);
  // Starts the next operation, if there is one and none is under way.
  void Advance(std::unique_lock<std::mutex> lock);
  void StartNext(MessagePtr message);
  void NotifyDone();

  const ServedMethod& method_;
  std::shared_ptr<StreamCall> self_;  // until gRPC is done
  CallPtr call_;

  mutable std::mutex mu_;
  std::condition_variable room_;
  std::unique_ptr<ServedCall> served_;  // null once done
  std::deque<Queued> queue_;
  size_t queued_bytes_ = 0;
  std::optional<absl::Status> finish_;  // asked for, after the queue
  bool busy_ = false;                   // an operation is under way
  bool closing_ = false;                // Finish was started
  bool over_ = false;                   // nothing can be written any more
  std::function<void()> on_done_;
  bool notified_ = false;
  grpc::ByteBuffer writing_;  // owned by the operation under way
};

}  // namespace pdv::rpc

#endif  // PDV_COMMON_RPC_STREAM_CALL_H_
