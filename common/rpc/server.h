#ifndef PDV_COMMON_RPC_SERVER_H_
#define PDV_COMMON_RPC_SERVER_H_

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/rpc/proxy.h"
#include "common/rpc/service_table.h"
#include "prometheus/collectable.h"

namespace pdv::rpc {

struct ServerOptions {
  std::string service;         // "contrats": name in logs, metrics, error domain "contrats.pdv"
  std::string listen;          // "127.0.0.1:7401"
  std::string metrics_listen;  // "127.0.0.1:7501"; empty: none
  int executor_threads = 16;
  int executor_queue = 1024;  // beyond: RESOURCE_EXHAUSTED with RetryInfo
  int max_in_flight = 4096;   // calls of all kinds; beyond: the same
  int max_message_bytes = 16 << 20;
  absl::Duration default_deadline = absl::Seconds(60);
  // PEM files; none: plaintext. With `tls_client_ca`, who calls has a certificate of that
  // authority.
  std::string tls_cert, tls_key, tls_client_ca;
  bool channelz = false;
  // Waits until this process has seen the positions that the caller names (mirror); called on the
  // executor only when a call names one. Null: positions are ignored.
  std::function<absl::Status(const Call&)> wait_for_positions;
  // Whether this caller may: the method's permission, before the request is looked at (AIP-211).
  // Runs on a callback thread: must not block. Null: everybody may (the gateway has decided).
  std::function<absl::Status(const Call&, std::string_view permission)> authorize;
  // Shown on /metrics beside those of the calls.
  std::vector<std::shared_ptr<prometheus::Collectable>> metrics;
};

// A running gRPC server: the one wrapper through which every call of every service goes
// (deadline, identity, request id, parse, validation, status, log line, metric), with health,
// reflection and /metrics. Thread-safe.
class Server {
 public:
  // FAILED_PRECONDITION with a French message when a table is incomplete, a file is missing, a
  // PEM file is given without those that it needs or an address cannot be bound. Health says
  // NOT_SERVING until SetServing(true).
  static absl::StatusOr<std::unique_ptr<Server>> Start(ServerOptions options,
                                                       std::vector<ServiceTable> tables,
                                                       std::vector<Proxy> proxies = {});
  // Drains without grace if nobody did.
  virtual ~Server() = default;
  // grpc.health.v1 answer of the whole server and of each of its own services (not the proxied).
  virtual void SetServing(bool serving) = 0;
  virtual int port() const = 0;          // the bound port, for listen ":0"
  virtual int metrics_port() const = 0;  // 0 when there is none
  // Refuses new calls, ends streams with UNAVAILABLE, waits for the others up to `grace`.
  virtual void Drain(absl::Duration grace) = 0;
};

// Blocks until SIGTERM or SIGINT. Call MaskSignals() first thing in main, before any thread.
void MaskSignals();
void WaitForTermination();
// The same, for as long as `delay`: true if it came. For what waits before it serves.
bool TerminationWithin(absl::Duration delay);

}  // namespace pdv::rpc

#endif  // PDV_COMMON_RPC_SERVER_H_
