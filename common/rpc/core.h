#ifndef PDV_COMMON_RPC_CORE_H_
#define PDV_COMMON_RPC_CORE_H_

#include <atomic>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "common/rpc/executor.h"
#include "common/rpc/metrics.h"
#include "common/rpc/server.h"
#include "common/rpc/service_table.h"
#include "pdv/commun/options/v1/options.pb.h"

namespace pdv::rpc {

struct Core;

// A stream that outlives its handler and must be ended by the server when it stops.
class OpenStream {
 public:
  virtual ~OpenStream() = default;
  virtual void EndForDrain() = 0;
};

// The streams that are open now. Thread-safe.
class OpenStreams {
 public:
  // False once EndAll was called: the stream must end itself.
  bool Add(std::shared_ptr<OpenStream> stream);
  void Remove(const OpenStream* stream);
  void EndAll();

 private:
  std::mutex mu_;
  bool ended_ = false;
  std::map<const OpenStream*, std::weak_ptr<OpenStream>> streams_;
};

// One method as the server serves it: all that a call would otherwise look up. Immutable.
struct ServedMethod {
  Core* core = nullptr;
  std::string path;  // "/pdv.contrats.v1.ContratsService/GetContrat"
  const google::protobuf::MethodDescriptor* descriptor = nullptr;
  const ServiceTable::Entry* entry = nullptr;
  const google::protobuf::Message* request = nullptr;  // prototype
  ::pdv::commun::options::v1::Method options;
  const google::protobuf::FieldDescriptor* request_id = nullptr;  // null when it has none
  MethodMetrics* metrics = nullptr;

  std::string_view name() const { return std::string_view(path).substr(1); }
};

// What all the calls of one server share. Thread-safe after construction.
struct Core {
  explicit Core(ServerOptions server_options);

  const ServerOptions options;
  const std::string domain;  // of ErrorInfo: "contrats.pdv"
  std::shared_ptr<Metrics> metrics = std::make_shared<Metrics>();
  OpenStreams streams;
  std::atomic<int> in_flight{0};
  std::atomic<bool> draining{false};
  Executor executor;  // last: its threads use all the above
};

// RESOURCE_EXHAUSTED / SURCHARGE with RetryInfo: come back in a moment.
absl::Status Overloaded();
// UNAVAILABLE / ARRET_EN_COURS: this process stops, another may answer.
absl::Status Stopping();
// DEADLINE_EXCEEDED / DELAI_DEPASSE.
absl::Status TooLate();

}  // namespace pdv::rpc

#endif  // PDV_COMMON_RPC_CORE_H_
