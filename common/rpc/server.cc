#include "common/rpc/server.h"

#include <utility>

#include "absl/synchronization/mutex.h"
#include "absl/time/clock.h"
#include "common/rpc/core.h"
#include "common/rpc/log.h"
#include "common/rpc/pem.h"
#include "common/rpc/proxy_service.h"
#include "common/rpc/table_service.h"
#include "common/rpc/unknown_method.h"
#include "grpcpp/ext/proto_server_reflection_plugin.h"
#include "grpcpp/grpcpp.h"
#include "grpcpp/health_check_service_interface.h"
#include "prometheus/exposer.h"

namespace pdv::rpc {
namespace {

absl::Status CannotStart(const std::string& why) { return absl::FailedPreconditionError(why); }

absl::StatusOr<std::shared_ptr<grpc::ServerCredentials>> Credentials(const ServerOptions& options) {
  const bool encrypted = !options.tls_cert.empty();
  if (encrypted != !options.tls_key.empty())
    return CannotStart("--tls-cert et --tls-key vont ensemble");
  if (!encrypted && !options.tls_client_ca.empty())
    return CannotStart(
        "--tls-client-ca demande --tls-cert et --tls-key : sans eux, tout serait en clair");
  if (!encrypted) return grpc::InsecureServerCredentials();
  absl::StatusOr<std::string> cert = ReadPem(options.tls_cert);
  absl::StatusOr<std::string> key = ReadPem(options.tls_key);
  if (!cert.ok()) return cert.status();
  if (!key.ok()) return key.status();
  grpc::SslServerCredentialsOptions ssl;
  ssl.pem_key_cert_pairs.push_back({*key, *cert});
  if (!options.tls_client_ca.empty()) {
    absl::StatusOr<std::string> ca = ReadPem(options.tls_client_ca);
    if (!ca.ok()) return ca.status();
    ssl.pem_root_certs = *ca;
    ssl.client_certificate_request = GRPC_SSL_REQUEST_AND_REQUIRE_CLIENT_CERTIFICATE_AND_VERIFY;
  }
  return grpc::SslServerCredentials(ssl);
}

void Tune(const ServerOptions& options, grpc::ServerBuilder* builder) {
  builder->SetMaxReceiveMessageSize(options.max_message_bytes);
  builder->SetMaxSendMessageSize(-1);
  // Two processes on one port would share the calls at random instead of failing.
  builder->AddChannelArgument(GRPC_ARG_ALLOW_REUSEPORT, 0);
  // A client that vanished without a word is noticed within 40 s; ours may ping every 10 s.
  builder->AddChannelArgument(GRPC_ARG_KEEPALIVE_TIME_MS, 30'000);
  builder->AddChannelArgument(GRPC_ARG_KEEPALIVE_TIMEOUT_MS, 10'000);
  builder->AddChannelArgument(GRPC_ARG_HTTP2_MIN_RECV_PING_INTERVAL_WITHOUT_DATA_MS, 10'000);
  builder->AddChannelArgument(GRPC_ARG_KEEPALIVE_PERMIT_WITHOUT_CALLS, 1);
  builder->AddChannelArgument(GRPC_ARG_ENABLE_CHANNELZ, options.channelz ? 1 : 0);
}

class GrpcServer : public Server {
 public:
  explicit GrpcServer(ServerOptions options) : core_(std::move(options)), unknown_(core_.domain) {}
  ~GrpcServer() override { Drain(absl::ZeroDuration()); }

  absl::Status Start(std::vector<ServiceTable> tables, std::vector<Proxy> proxies) {
    for (ServiceTable& table : tables) {
      if (absl::Status checked = table.Check(); !checked.ok()) return checked;
      names_.push_back(table.descriptor()->full_name());
      services_.push_back(std::make_unique<TableService>(std::move(table), &core_));
    }
    for (Proxy& proxy : proxies) {
      absl::StatusOr<std::unique_ptr<grpc::Service>> made = MakeProxyService(proxy, &core_);
      if (!made.ok()) return made.status();
      services_.push_back(*std::move(made));
    }
    if (absl::Status exposed = ExposeMetrics(); !exposed.ok()) return exposed;
    return Listen();
  }

  void SetServing(bool serving) override {
    std::lock_guard lock(health_mu_);
    if (core_.draining && serving) return;
    grpc::HealthCheckServiceInterface* health = server_->GetHealthCheckService();
    health->SetServingStatus(serving);
    for (const std::string& name : names_) health->SetServingStatus(name, serving);
  }

  int port() const override { return port_; }
  int metrics_port() const override {
    return exposer_ == nullptr ? 0 : exposer_->GetListeningPorts().front();
  }
  void Drain(absl::Duration grace) override;

 private:
  absl::Status ExposeMetrics();
  absl::Status Listen();

  Core core_;
  UnknownMethod unknown_;
  std::vector<std::string> names_;
  std::vector<std::unique_ptr<grpc::Service>> services_;
  std::unique_ptr<prometheus::Exposer> exposer_;
  std::unique_ptr<grpc::Server> server_;
  int port_ = 0;
  std::mutex health_mu_;  // who looked before the drain does not say SERVING after it
  std::mutex drain_mu_;
  bool drained_ = false;
};

absl::Status GrpcServer::ExposeMetrics() {
  core_.metrics->AddGauge("pdv_rpc_in_flight", "Calls that are being served",
                          [this] { return core_.in_flight.load(); });
  core_.metrics->AddGauge("pdv_executor_queue", "Calls that wait for a thread",
                          [this] { return core_.executor.queued(); });
  if (core_.options.metrics_listen.empty()) return absl::OkStatus();
  try {
    exposer_ = std::make_unique<prometheus::Exposer>(core_.options.metrics_listen, 1);
  } catch (const std::exception&) {
    return CannotStart("impossible d'écouter sur " + core_.options.metrics_listen +
                       " pour /metrics (adresse déjà prise ?)");
  }
  exposer_->RegisterCollectable(core_.metrics);
  for (const auto& metrics : core_.options.metrics) exposer_->RegisterCollectable(metrics);
  return absl::OkStatus();
}

absl::Status GrpcServer::Listen() {
  absl::StatusOr<std::shared_ptr<grpc::ServerCredentials>> credentials = Credentials(core_.options);
  if (!credentials.ok()) return credentials.status();
  grpc::EnableDefaultHealthCheckService(true);
  grpc::reflection::InitProtoReflectionServerBuilderPlugin();
  grpc::ServerBuilder builder;
  Tune(core_.options, &builder);
  builder.AddListeningPort(core_.options.listen, *credentials, &port_);
  for (const auto& service : services_) builder.RegisterService(service.get());
  builder.RegisterCallbackGenericService(&unknown_);
  server_ = builder.BuildAndStart();
  if (server_ == nullptr || port_ == 0) {
    const char* cause = core_.options.tls_cert.empty()
                            ? " (adresse déjà prise ?)"
                            : " (adresse déjà prise, ou fichiers TLS qui ne sont pas du PEM ?)";
    return CannotStart("impossible d'écouter sur " + core_.options.listen + cause);
  }
  SetServing(false);
  const int64_t port = port_;
  Log(Level::kInfo, "listening", {{"address", core_.options.listen}, {"port", port}});
  return absl::OkStatus();
}

void GrpcServer::Drain(absl::Duration grace) {
  std::lock_guard lock(drain_mu_);
  if (drained_ || server_ == nullptr) return;
  drained_ = true;
  const absl::Time until = absl::Now() + grace;
  // In this order: nobody new is sent here, nobody new is let in, the endless ones are ended, the
  // others are waited for.
  core_.draining = true;
  SetServing(false);
  core_.streams.EndAll();
  while (core_.in_flight > 0 && absl::Now() < until) absl::SleepFor(absl::Milliseconds(5));
  const int64_t left = core_.in_flight;
  Log(Level::kInfo, "drained", {{"calls_cut", left}});
  // What is left is cancelled at once; Shutdown waits for the handlers to notice.
  server_->Shutdown(absl::ToChronoTime(absl::Now() + absl::Milliseconds(100)));
  core_.executor.Stop();
  server_->Wait();
  FlushLog();
}

}  // namespace

absl::StatusOr<std::unique_ptr<Server>> Server::Start(ServerOptions options,
                                                      std::vector<ServiceTable> tables,
                                                      std::vector<Proxy> proxies) {
  // Debian builds Abseil with the detection of deadlocks in every mutex, and gRPC locks often: it
  // is a debugging aid that costs a tenth of a call.
  absl::SetMutexDeadlockDetectionMode(absl::OnDeadlockCycle::kIgnore);
  SetLogService(options.service);
  auto server = std::make_unique<GrpcServer>(std::move(options));
  if (absl::Status started = server->Start(std::move(tables), std::move(proxies)); !started.ok()) {
    return started;
  }
  return std::unique_ptr<Server>(std::move(server));
}

}  // namespace pdv::rpc
