#ifndef PDV_COMMON_RPC_CALL_H_
#define PDV_COMMON_RPC_CALL_H_

#include <atomic>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "absl/time/time.h"
#include "google/protobuf/descriptor.h"

namespace pdv::rpc {

// Who calls, as the gateway named them in metadata `x-pdv-acteur`, `x-pdv-role`,
// `x-pdv-organisation`. Empty strings when unknown.
struct Identity {
  std::string acteur;
  std::string role;  // one or several, comma-separated: "instructeur,financeur"
  std::string organisation;

  bool HasRole(std::string_view wanted) const;
};

// Everything about one call that is not its request. Shared by the threads that serve it; the const
// fields are set before the handler runs, the rest is thread-safe.
struct Call {
  const google::protobuf::MethodDescriptor* method = nullptr;
  std::string correlation_id;  // metadata x-request-id, generated when absent; in every log line
  std::string traceparent;     // W3C trace context, propagated to peers
  Identity identity;
  absl::Time received;
  absl::Time deadline;  // absl::InfiniteFuture() when the caller gave none (then 60 s apply)
  // Positions of peers that the caller has seen (metadata x-pdv-position: "actions=1234"), by
  // service: the server waits for its mirror to reach them before it serves.
  std::map<std::string, int64_t> positions;

  bool cancelled() const { return cancelled_.load(std::memory_order_relaxed); }
  void Cancel() { cancelled_.store(true, std::memory_order_relaxed); }
  // Metadata of the answer. Of one service's ("x-pdv-position", "actions=1234"), the furthest is kept.
  void AddMetadata(std::string key, std::string value);
  std::vector<std::pair<std::string, std::string>> TakeMetadata();

 private:
  std::atomic<bool> cancelled_{false};
  std::mutex mu_;
  std::vector<std::pair<std::string, std::string>> metadata_;
};

}  // namespace pdv::rpc

#endif  // PDV_COMMON_RPC_CALL_H_
