#include <iostream>

#include "common/rpc/flags.h"
#include "common/rpc/server.h"
#include "services/gateway/api/gateway_api.h"

namespace {

int Fail(const absl::Status& status) {
  std::cerr << "gatewayd : " << status.message() << "\n";
  return 1;
}

}  // namespace

// gatewayd --listen= --metrics= --peers=contrats=…,actions=…,financement=…,evaluation=…
int main(int argc, char** argv) {
  pdv::rpc::MaskSignals();
  absl::StatusOr<pdv::rpc::Flags> flags =
      pdv::rpc::Flags::Parse(argc, argv, {"listen", "metrics", "peers"});
  if (!flags.ok()) return Fail(flags.status());
  absl::StatusOr<pdv::gateway::Pairs> pairs = pdv::gateway::Pairs::Ouvrir(flags->Get("peers"));
  if (!pairs.ok()) return Fail(pairs.status());

  pdv::rpc::ServiceTable table("pdv.gateway.v1.GatewayService");
  pdv::gateway::Declare(table, *pairs);
  std::vector<pdv::rpc::Proxy> proxies;
  for (const auto& pair : pairs->tous()) proxies.push_back({pair.service, pair.canal});
  absl::StatusOr<std::unique_ptr<pdv::rpc::Server>> server = pdv::rpc::Server::Start(
      flags->ServerOptions("gateway"), {std::move(table)}, std::move(proxies));
  if (!server.ok()) return Fail(server.status());
  (*server)->SetServing(true);
  pdv::rpc::WaitForTermination();
  (*server)->Drain(absl::Seconds(20));
  return 0;
}
