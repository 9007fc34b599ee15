#ifndef PDV_COMMON_RPC_SERVICE_TABLE_H_
#define PDV_COMMON_RPC_SERVICE_TABLE_H_

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "common/rpc/call.h"
#include "common/rpc/stream.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/message.h"

namespace pdv::rpc {

using MessagePtr = std::shared_ptr<const google::protobuf::Message>;
using CallPtr = std::shared_ptr<Call>;
// Answers a unary call, once, from any thread.
using Reply = std::function<void(absl::StatusOr<MessagePtr>)>;

// The methods of one service and what serves each: a table that a reader takes in at a glance.
// Every handler gets a request that was parsed, holds no unknown field and passed the validator.
// Filled before the server starts, immutable after; handlers are called from many threads.
class ServiceTable {
 public:
  using UnaryHandler = std::function<void(CallPtr, MessagePtr request, Reply)>;
  using BlockingHandler = std::function<absl::StatusOr<MessagePtr>(CallPtr, MessagePtr request)>;
  using StreamHandler = std::function<void(CallPtr, MessagePtr request, StreamSinkPtr)>;
  using ClientStreamHandler =
      std::function<absl::StatusOr<MessagePtr>(CallPtr, StreamSource& source)>;

  // `service` is the full name: "pdv.contrats.v1.ContratsService". Dies if it is not linked in.
  explicit ServiceTable(std::string_view service);

  // Runs on a callback thread: must not block; answers through Reply from any thread.
  void Async(std::string_view method, UnaryHandler handler);
  // Runs on the bounded executor: may block until the call's deadline.
  void Blocking(std::string_view method, BlockingHandler handler);
  // Server stream. Runs on a callback thread and must not block: keeps the sink and writes later
  // (Watch), or hands the work to the executor (StreamBlocking).
  void Stream(std::string_view method, StreamHandler handler);
  void StreamBlocking(std::string_view method, StreamHandler handler);
  // Client stream: runs on the executor, reads until the source ends, answers once.
  void ClientStream(std::string_view method, ClientStreamHandler handler);

  // Typed forms of Blocking: `fn(Call&, const Req&) -> absl::StatusOr<Resp>`.
  template <class Req, class Resp, class Fn>
  void Unary(std::string_view method, Fn fn) {
    Blocking(method, [fn](CallPtr call, MessagePtr request) -> absl::StatusOr<MessagePtr> {
      absl::StatusOr<Resp> answer = fn(*call, static_cast<const Req&>(*request));
      if (!answer.ok()) return answer.status();
      return std::make_shared<const Resp>(*std::move(answer));
    });
  }

  const google::protobuf::ServiceDescriptor* descriptor() const { return descriptor_; }
  const google::protobuf::MethodDescriptor* Method(std::string_view method) const;

  struct Entry {
    enum class Kind { kAsync, kBlocking, kStream, kStreamBlocking, kClientStream } kind;
    UnaryHandler async;
    BlockingHandler blocking;
    StreamHandler stream;
    ClientStreamHandler client_stream;
  };
  const std::map<std::string, Entry, std::less<>>& entries() const { return entries_; }
  // Methods of the descriptor without a handler, and methods without a permission: the server
  // refuses to start with a message that lists them all.
  absl::Status Check() const;

 private:
  void Add(std::string_view method, Entry entry);
  const google::protobuf::ServiceDescriptor* descriptor_;
  std::map<std::string, Entry, std::less<>> entries_;
};

}  // namespace pdv::rpc

#endif  // PDV_COMMON_RPC_SERVICE_TABLE_H_
