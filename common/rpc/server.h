#ifndef PDV_COMMON_RPC_SERVER_H_
#define PDV_COMMON_RPC_SERVER_H_

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/rpc/service_table.h"

namespace pdv::rpc {

struct ServerOptions {
  std::string service;        // "contrats": name in logs, metrics, error domain "contrats.pdv"
  std::string listen;         // "127.0.0.1:7401"
  std::string metrics_listen; // "127.0.0.1:7501"; empty: none
  int executor_threads = 16;
  int executor_queue = 1024;  // beyond: RESOURCE_EXHAUSTED with RetryInfo
  int max_in_flight = 4096;   // calls of all kinds; beyond: the same
  int max_message_bytes = 16 << 20;
  absl::Duration default_deadline = absl::Seconds(60);
  std::string tls_cert, tls_key, tls_client_ca;  // PEM files; empty: plaintext
  bool channelz = false;
  // Waits until this process has seen the positions that the caller names (mirror); called on the
  // executor only when a call names one. Null: positions are ignored.
  std::function<absl::Status(const Call&)> wait_for_positions;
};

// A running gRPC server: the one wrapper through which every call of every service goes
// (deadline, identity, request id, parse, validation, status, log line, metric), with health,
// reflection and /metrics. Thread-safe.
class Server {
 public:
  static absl::StatusOr<std::unique_ptr<Server>> Start(ServerOptions options,
                                                       std::vector<ServiceTable> tables);
  virtual ~Server() = default;
  // grpc.health.v1 answer of the whole server and of each service.
  virtual void SetServing(bool serving) = 0;
  virtual int port() const = 0;  // the bound port, for listen ":0"
  // Refuses new calls, ends streams with UNAVAILABLE, waits for the others up to `grace`.
  virtual void Drain(absl::Duration grace) = 0;
};

// Blocks until SIGTERM or SIGINT. Call MaskSignals() first thing in main, before any thread.
void MaskSignals();
void WaitForTermination();

}  // namespace pdv::rpc

#endif  // PDV_COMMON_RPC_SERVER_H_
