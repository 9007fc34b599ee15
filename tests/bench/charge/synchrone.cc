// The commonest client: a thread a call, blocked until its answer, as generated stubs do. It measures what an
// ordinary program sees; `unaire` measures what the server can give.
#include <algorithm>
#include <atomic>
#include <iostream>
#include <mutex>
#include <thread>

#include "absl/strings/str_format.h"
#include "absl/time/clock.h"
#include "grpcpp/create_channel.h"
#include "grpcpp/impl/codegen/client_unary_call.h"
#include "grpcpp/security/credentials.h"
#include "tests/bench/charge/mesure.h"

namespace pdv::bench {

int Blocking(const Options& options) {
  const int in_flight = std::stoi(options.at("en-vol"));
  const int connections = std::stoi(options.at("connexions"));
  const auto requests = ReadRequests(options.at("requetes"));
  const std::string path = options.at("methode");
  std::vector<std::shared_ptr<grpc::Channel>> channels;
  for (int i = 0; i < connections; ++i) {
    grpc::ChannelArguments arguments;
    arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
    channels.push_back(grpc::CreateCustomChannel(options.at("cible"),
                                                 grpc::InsecureChannelCredentials(), arguments));
  }
  const double cpu = CpuSeconds();
  const absl::Time from = absl::Now() + absl::Milliseconds(300);
  const absl::Time end = from + absl::Seconds(std::stod(options.at("secondes")));
  std::atomic<size_t> next{0};
  std::atomic<int> all{0}, failed{0};
  std::mutex mu;
  std::vector<absl::Duration> durations;
  std::vector<std::thread> clients;
  for (int i = 0; i < in_flight; ++i) {
    clients.emplace_back([&, i] {
      grpc::Channel* channel = channels[static_cast<size_t>(i) % channels.size()].get();
      const grpc::internal::RpcMethod method(path.c_str(), grpc::internal::RpcMethod::NORMAL_RPC);
      std::vector<absl::Duration> own;
      while (absl::Now() < end) {
        grpc::ClientContext context;
        grpc::ByteBuffer answer;
        const absl::Time sent = absl::Now();
        const grpc::Status status = grpc::internal::BlockingUnaryCall(
            channel, method, &context, requests[next++ % requests.size()], &answer);
        const absl::Time now = absl::Now();
        ++all;
        if (!status.ok()) ++failed;
        if (now >= from && now < end) own.push_back(now - sent);
      }
      std::lock_guard lock(mu);
      durations.insert(durations.end(), own.begin(), own.end());
    });
  }
  for (std::thread& client : clients) client.join();
  std::sort(durations.begin(), durations.end());
  absl::PrintF(
      "{\"appels\": %d, \"tous\": %d, \"erreurs\": %d, \"secondes\": %.6f, \"p50_us\": %d, "
      "\"p99_us\": %d, \"cpu_client\": %.6f}\n",
      durations.size(), all.load(), failed.load(), absl::ToDoubleSeconds(end - from),
      PercentileUs(durations, .5), PercentileUs(durations, .99), CpuSeconds() - cpu);
  return failed == 0 ? 0 : 1;
}

}  // namespace pdv::bench
