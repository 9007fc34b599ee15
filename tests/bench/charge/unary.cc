// A closed loop: `en-vol` unary calls under way at any time, for `secondes`, or until the requests
// have all been sent once where `une-fois` is 1 (mutations). `acteur`, `role` and `organisation`, where
// given, say who calls. "appels" are those of the window that is timed, "tous" also those before.
#include <algorithm>
#include <iostream>
#include <mutex>

#include "absl/strings/str_format.h"
#include "absl/synchronization/notification.h"
#include "absl/time/clock.h"
#include "tests/bench/charge/mesure.h"

namespace pdv::bench {
namespace {

class Loop {
 public:
  Loop(std::vector<std::unique_ptr<grpc::GenericStub>> stubs, std::string method,
       std::vector<grpc::ByteBuffer> requests, bool once,
       std::map<std::string, std::string> metadata)
      : stubs_(std::move(stubs)),
        method_(std::move(method)),
        requests_(std::move(requests)),
        once_(once),
        metadata_(std::move(metadata)) {}

  // Runs until `end`; calls that end after `from` count.
  void Run(int in_flight, absl::Time from, absl::Time end) {
    from_ = from;
    end_ = end;
    under_way_ = in_flight;
    for (int i = 0; i < in_flight; ++i) Next(stubs_[i % stubs_.size()].get());
    over_.WaitForNotification();
  }

  std::vector<absl::Duration> durations;
  std::map<std::string, int> errors;
  int calls = 0;
  absl::Time first_counted = absl::InfiniteFuture(), last_counted = absl::InfinitePast();

 private:
  struct Call {
    grpc::ClientContext context;
    grpc::ByteBuffer response;
    absl::Time sent;
  };

  void Next(grpc::GenericStub* stub) {
    const size_t at = next_.fetch_add(1);
    if (absl::Now() >= end_ || (once_ && at >= requests_.size())) {
      if (under_way_.fetch_sub(1) == 1) over_.Notify();
      return;
    }
    auto* call = new Call;
    for (const auto& [key, value] : metadata_) call->context.AddMetadata(key, value);
    call->sent = absl::Now();
    stub->UnaryCall(&call->context, method_, {}, &requests_[at % requests_.size()], &call->response,
                    [this, stub, call](const grpc::Status& status) {
                      Took(*call, status);
                      delete call;
                      Next(stub);
                    });
  }

  void Took(const Call& call, const grpc::Status& status) {
    const absl::Time now = absl::Now();
    std::lock_guard lock(mu_);
    if (!status.ok()) errors[status.error_message()]++;
    ++calls;
    if (now < from_ || now >= end_) return;
    durations.push_back(now - call.sent);
    first_counted = std::min(first_counted, now);
    last_counted = std::max(last_counted, now);
  }

  const std::vector<std::unique_ptr<grpc::GenericStub>> stubs_;
  const std::string method_;
  std::vector<grpc::ByteBuffer> requests_;
  const bool once_;
  const std::map<std::string, std::string> metadata_;
  absl::Time from_, end_;
  std::atomic<size_t> next_{0};
  std::atomic<int> under_way_{0};
  absl::Notification over_;
  std::mutex mu_;
};

std::map<std::string, std::string> Caller(const Options& options) {
  std::map<std::string, std::string> metadata;
  for (const char* key : {"acteur", "role", "organisation"})
    if (const auto given = options.find(key); given != options.end())
      metadata[std::string("x-pdv-") + key] = given->second;
  return metadata;
}

}  // namespace

int Unary(const Options& options) {
  const int in_flight = std::stoi(options.at("en-vol"));
  const absl::Duration length = absl::Seconds(std::stod(options.at("secondes")));
  const absl::Duration warm = absl::Milliseconds(300);
  Loop loop(Connect(options.at("cible"), std::stoi(options.at("connexions"))),
            options.at("methode"), ReadRequests(options.at("requetes")),
            options.at("une-fois") == "1", Caller(options));
  const double cpu = CpuSeconds();
  const absl::Time start = absl::Now();
  loop.Run(in_flight, start + warm, start + warm + length);
  std::sort(loop.durations.begin(), loop.durations.end());
  int failed = 0;
  for (const auto& [message, count] : loop.errors) {
    failed += count;
    std::cerr << count << " × " << message << "\n";
  }
  const double seconds = absl::ToDoubleSeconds(loop.last_counted - loop.first_counted);
  absl::PrintF(
      "{\"appels\": %d, \"tous\": %d, \"erreurs\": %d, \"secondes\": %.6f, \"p50_us\": %d, "
      "\"p99_us\": %d, \"cpu_client\": %.6f}\n",
      loop.durations.size(), loop.calls, failed, seconds, PercentileUs(loop.durations, .5),
      PercentileUs(loop.durations, .99), CpuSeconds() - cpu);
  return failed == 0 ? 0 : 1;
}

}  // namespace pdv::bench
