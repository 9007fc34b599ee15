#ifndef PDV_COMMON_RPC_FLAGS_H_
#define PDV_COMMON_RPC_FLAGS_H_

#include <initializer_list>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "common/rpc/server.h"

namespace pdv::rpc {

// Flags of a daemon: `--name=value`, or the environment variable PDV_NAME ("-" becomes "_"), the
// command line first. Immutable, thread-safe.
class Flags {
 public:
  // `known`: names without dashes. The flags of ServerOptions (tls-cert, tls-key, tls-client-ca,
  // executor-threads, executor-queue, max-in-flight, channelz) are known to every daemon. Those of
  // TLS are of the server only: peers call each other in clear. INVALID_ARGUMENT with a French
  // message that lists every argument that is not known.
  static absl::StatusOr<Flags> Parse(int argc, const char* const* argv,
                                     const std::vector<std::string>& known);

  // "" when it was given nowhere.
  std::string Get(std::string_view name) const;
  bool Has(std::string_view name) const { return !Get(name).empty(); }
  // Arguments without dashes, in order.
  const std::vector<std::string>& positional() const { return positional_; }
  // Where and how to serve, from listen, metrics and the common flags.
  rpc::ServerOptions ServerOptions(std::string_view service) const;

 private:
  int Number(std::string_view name, int otherwise) const;
  std::map<std::string, std::string, std::less<>> values_;
  std::vector<std::string> positional_;
};

}  // namespace pdv::rpc

#endif  // PDV_COMMON_RPC_FLAGS_H_
