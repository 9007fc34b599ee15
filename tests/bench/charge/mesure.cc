#include "tests/bench/charge/mesure.h"

#include <sys/resource.h>

#include <algorithm>
#include <cstring>
#include <fstream>
#include <iostream>
#include <string_view>

#include "grpcpp/create_channel.h"
#include "grpcpp/security/credentials.h"

namespace pdv::bench {

Options ReadOptions(int argc, char** argv) {
  Options options;
  for (int i = 0; i < argc; ++i) {
    const std::string_view argument(argv[i]);
    const size_t equal = argument.find('=');
    if (!argument.starts_with("--") || equal == std::string_view::npos) {
      std::cerr << "argument inattendu : " << argument << "\n";
      std::exit(2);
    }
    options[std::string(argument.substr(2, equal - 2))] = argument.substr(equal + 1);
  }
  return options;
}

std::vector<grpc::ByteBuffer> ReadRequests(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  const std::string bytes{std::istreambuf_iterator<char>(file), {}};
  std::vector<grpc::ByteBuffer> requests;
  for (size_t at = 0; at + 4 <= bytes.size();) {
    uint32_t size = 0;
    std::memcpy(&size, bytes.data() + at, 4);
    grpc::Slice slice(bytes.data() + at + 4, size);
    requests.emplace_back(&slice, 1);
    at += 4 + size;
  }
  if (requests.empty()) {
    std::cerr << "aucune requête dans " << path << "\n";
    std::exit(2);
  }
  return requests;
}

std::vector<std::unique_ptr<grpc::GenericStub>> Connect(const std::string& address, int count) {
  std::vector<std::unique_ptr<grpc::GenericStub>> stubs;
  for (int i = 0; i < count; ++i) {
    grpc::ChannelArguments arguments;
    arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
    arguments.SetMaxReceiveMessageSize(64 << 20);
    auto channel =
        grpc::CreateCustomChannel(address, grpc::InsecureChannelCredentials(), arguments);
    if (!channel->WaitForConnected(
            gpr_time_add(gpr_now(GPR_CLOCK_REALTIME), gpr_time_from_seconds(10, GPR_TIMESPAN)))) {
      std::cerr << address << " ne répond pas\n";
      std::exit(2);
    }
    stubs.push_back(std::make_unique<grpc::GenericStub>(channel));
  }
  return stubs;
}

int64_t PercentileUs(const std::vector<absl::Duration>& sorted, double share) {
  if (sorted.empty()) return 0;
  const auto at = static_cast<size_t>(share * static_cast<double>(sorted.size() - 1) + 0.5);
  return absl::ToInt64Microseconds(sorted[at]);
}

double CpuSeconds() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
         static_cast<double>(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

}  // namespace pdv::bench
