#ifndef PDV_COMMON_RPC_PROXY_H_
#define PDV_COMMON_RPC_PROXY_H_

#include <memory>
#include <string>

#include "common/rpc/client.h"

namespace pdv::rpc {

// A service whose every method the server forwards, byte for byte, to a peer: nothing is parsed.
// Metadata of the suite (x-pdv-*, x-request-id, traceparent) and the remaining deadline go forward;
// trailing metadata, status and details come back unchanged; a cancelled call is cancelled there.
// Admission, permission, log line and metric are those of any method. When the peer cannot be
// reached the answer is UNAVAILABLE / SERVICE_INJOIGNABLE with the metadata `service`.
struct Proxy {
  std::string service;  // full name, linked in: "pdv.contrats.v1.ContratsService"
  std::shared_ptr<Channel> channel;
};

}  // namespace pdv::rpc

#endif  // PDV_COMMON_RPC_PROXY_H_
