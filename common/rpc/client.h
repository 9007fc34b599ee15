#ifndef PDV_COMMON_RPC_CLIENT_H_
#define PDV_COMMON_RPC_CLIENT_H_

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/rpc/call.h"
#include "google/protobuf/message.h"

namespace grpc {
template <class Request, class Response>
class TemplatedGenericStub;
class ByteBuffer;
}  // namespace grpc

namespace pdv::rpc {

using Metadata = std::vector<std::pair<std::string, std::string>>;

struct CallOptions {
  // Instant after which the answer is DEADLINE_EXCEEDED. Without one a unary call has 60 s, a
  // stream has none.
  absl::Time deadline = absl::InfiniteFuture();
  Metadata metadata;  // keys in lower case
  // Waits for a connection until the deadline, instead of UNAVAILABLE at once.
  bool wait_for_ready = false;
  // When not null, receives the metadata of the answer (x-pdv-position…). Must outlive the call.
  Metadata* answer_metadata = nullptr;

  // A call made on behalf of another: its remaining deadline, identity, correlation id, trace and
  // positions.
  static CallOptions OnBehalfOf(const Call& call);
};

struct ChannelOptions {
  std::string address;  // "127.0.0.1:7401"
  // PEM files. With `tls_ca` the channel is encrypted; certificate and key where the server asks.
  std::string tls_ca, tls_cert, tls_key;
  int max_message_bytes = 64 << 20;
};

// The client's end of a server stream: one thread iterates, any thread may cancel.
class StreamReader {
 public:
  virtual ~StreamReader() = default;
  // Waits for the next message. False at the end of the stream, whatever the reason.
  virtual bool Next(google::protobuf::Message* message) = 0;
  // Why Next returned false: OK when the server ended the stream. Waits for the end.
  virtual absl::Status Finish() = 0;
  virtual void Cancel() = 0;
};

// The client's end of a client stream: one thread writes, any thread may cancel.
class StreamWriter {
 public:
  virtual ~StreamWriter() = default;
  // Waits until the network took the message. False when the server has answered already (an
  // error, most often): then Finish says it.
  virtual bool Write(const google::protobuf::Message& message) = 0;
  // Says that everything was written, waits for the answer.
  virtual absl::Status Finish(google::protobuf::Message* response) = 0;
  virtual void Cancel() = 0;
};

// A connection to one server: kept alive, re-established with a backoff of 0.1 to 2 s. Methods are
// named "pdv.contrats.v1.ContratsService/GetContrat". Errors are the peer's, with reason and
// details (status::ReasonOf). Thread-safe. Must not be destroyed in a callback of its own calls.
class Channel {
 public:
  // FAILED_PRECONDITION with a French message when a PEM file cannot be read, or is given without
  // those that it needs.
  static absl::StatusOr<std::shared_ptr<Channel>> Open(const ChannelOptions& options);
  // In clear.
  static std::shared_ptr<Channel> Open(const std::string& address);
  virtual ~Channel() = default;

  // Unary, waits for the answer. Not from a callback thread.
  absl::Status Call(std::string_view method, const google::protobuf::Message& request,
                    google::protobuf::Message* response, const CallOptions& options = {});
  template <class Response>
  absl::StatusOr<Response> Call(std::string_view method, const google::protobuf::Message& request,
                                const CallOptions& options = {}) {
    Response response;
    absl::Status status = Call(method, request, &response, options);
    if (!status.ok()) return status;
    return response;
  }

  // Unary; `done` is called once, on a thread of gRPC: it must not block. `response` is kept alive
  // until then and filled when the status is OK.
  virtual void CallAsync(std::string_view method, const google::protobuf::Message& request,
                         std::shared_ptr<google::protobuf::Message> response,
                         const CallOptions& options, std::function<void(absl::Status)> done) = 0;
  // Server stream. The channel must outlive the reader's use.
  virtual std::shared_ptr<StreamReader> Read(std::string_view method,
                                             const google::protobuf::Message& request,
                                             const CallOptions& options = {}) = 0;
  // Client stream. The channel must outlive the writer's use.
  virtual std::shared_ptr<StreamWriter> Write(std::string_view method,
                                              const CallOptions& options = {}) = 0;
  // grpc.health.v1: OK when the server says SERVING (for a full service name, or "" for all of it).
  absl::Status CheckHealth(const std::string& service, const CallOptions& options = {});
  // For byte forwarding (proxy.h).
  virtual grpc::TemplatedGenericStub<grpc::ByteBuffer, grpc::ByteBuffer>& stub() = 0;

 private:
  virtual absl::Status CallBlocking(const std::string& path,
                                    const google::protobuf::Message& request,
                                    google::protobuf::Message* response,
                                    const CallOptions& options) = 0;
};

}  // namespace pdv::rpc

#endif  // PDV_COMMON_RPC_CLIENT_H_
