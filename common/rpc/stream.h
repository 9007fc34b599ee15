#ifndef PDV_COMMON_RPC_STREAM_H_
#define PDV_COMMON_RPC_STREAM_H_

#include <functional>
#include <memory>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "google/protobuf/message.h"

namespace pdv::rpc {

// The server's end of a server stream. Thread-safe. Holds a bounded buffer (64 messages, or fewer that
// weigh 512 KiB): the network drains it at its own pace.
class StreamSink {
 public:
  virtual ~StreamSink() = default;
  // Queues a message. False when the buffer is full or the stream is over.
  virtual bool TryWrite(std::shared_ptr<const google::protobuf::Message> message) = 0;
  // False while TryWrite would take nothing: what is not wanted yet need not be made.
  virtual bool HasRoom() const = 0;
  // Waits for room, until the deadline of the call. For exports that run on the executor.
  virtual absl::Status Write(std::shared_ptr<const google::protobuf::Message> message) = 0;
  // Ends the stream after what is queued. Once; later calls are ignored.
  virtual void Finish(absl::Status status) = 0;
  // Called once when the client is gone or the stream is done. Set before the first write.
  virtual void OnDone(std::function<void()> callback) = 0;
  virtual bool done() const = 0;
};
using StreamSinkPtr = std::shared_ptr<StreamSink>;

// The server's end of a client stream: messages in order, already parsed and validated.
class StreamSource {
 public:
  virtual ~StreamSource() = default;
  // The next message; nullptr at the end of the stream; an error where a message is invalid, the
  // client went away or the deadline passed.
  virtual absl::StatusOr<std::shared_ptr<const google::protobuf::Message>> Next() = 0;
};

}  // namespace pdv::rpc

#endif  // PDV_COMMON_RPC_STREAM_H_
