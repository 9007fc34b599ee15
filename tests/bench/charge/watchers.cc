// How long a commit takes to reach those who watch: `veilleurs` streams on one service, one writer
// that waits until all have seen its change. The clock starts when the mutation is acknowledged,
// which is after its commit; a watcher that saw it before counts zero.
#include <algorithm>
#include <condition_variable>
#include <iostream>
#include <mutex>
#include <thread>

#include "absl/strings/str_format.h"
#include "absl/time/clock.h"
#include "pdv/commun/type/v1/evenement.pb.h"
#include "tests/bench/charge/raw_stream.h"

namespace pdv::bench {
namespace {

// When each watcher last saw a change.
struct Arrivals {
  std::mutex mu;
  std::condition_variable changed;
  std::vector<absl::Time> seen;  // those of the change under way
};

void Watch(RawStream& stream, Arrivals& arrivals) {
  grpc::ByteBuffer message;
  while (stream.Read(&message)) {
    const absl::Time now = absl::Now();
    commun::type::v1::LotEvenements lot;
    if (!Parse(&message, &lot) || lot.evenements_size() == 0) continue;
    std::lock_guard lock(arrivals.mu);
    arrivals.seen.push_back(now);
    arrivals.changed.notify_one();
  }
}

absl::Time Mutate(grpc::GenericStub& stub, const std::string& method,
                  const grpc::ByteBuffer& request) {
  grpc::ClientContext context;
  grpc::ByteBuffer response;
  std::mutex mu;
  std::condition_variable wake;
  bool done = false;
  grpc::Status answer;
  stub.UnaryCall(&context, method, {}, &request, &response, [&](grpc::Status status) {
    std::lock_guard lock(mu);
    answer = std::move(status);
    done = true;
    wake.notify_one();
  });
  std::unique_lock lock(mu);
  wake.wait(lock, [&] { return done; });
  if (!answer.ok()) {
    std::cerr << "mutation refusée : " << answer.error_message() << "\n";
    std::exit(1);
  }
  return absl::Now();
}

}  // namespace

int Watchers(const Options& options) {
  const size_t count = std::stoul(options.at("veilleurs"));
  auto stubs = Connect(options.at("cible"), 4);
  const std::vector<grpc::ByteBuffer> watch = ReadRequests(options.at("veille"));
  const std::vector<grpc::ByteBuffer> mutations = ReadRequests(options.at("requetes"));
  Arrivals arrivals;
  std::vector<std::unique_ptr<RawStream>> streams;
  std::vector<std::thread> threads;
  for (size_t i = 0; i < count; ++i) {
    streams.push_back(std::make_unique<RawStream>(*stubs[i % stubs.size()], options.at("flux")));
    streams.back()->Write(watch[0]);
    streams.back()->WritesDone();
    threads.emplace_back([&arrivals, stream = streams.back().get()] { Watch(*stream, arrivals); });
  }
  absl::SleepFor(absl::Seconds(1));  // every stream is live

  std::vector<absl::Duration> delays;
  for (const grpc::ByteBuffer& mutation : mutations) {
    const absl::Time acknowledged = Mutate(*stubs[0], options.at("methode"), mutation);
    std::unique_lock lock(arrivals.mu);
    if (!arrivals.changed.wait_for(lock, std::chrono::seconds(10),
                                   [&] { return arrivals.seen.size() >= count; })) {
      std::cerr << "des veilleurs n'ont rien vu en 10 s\n";
      std::_Exit(1);
    }
    for (const absl::Time seen : arrivals.seen)
      delays.push_back(std::max(seen - acknowledged, absl::ZeroDuration()));
    arrivals.seen.clear();
    lock.unlock();
    absl::SleepFor(absl::Milliseconds(5));
  }
  for (auto& stream : streams) stream->Cancel();
  for (std::thread& thread : threads) thread.join();
  std::sort(delays.begin(), delays.end());
  absl::PrintF("{\"appels\": %d, \"p50_us\": %d, \"p99_us\": %d, \"max_us\": %d}\n", delays.size(),
               PercentileUs(delays, .5), PercentileUs(delays, .99), PercentileUs(delays, 1));
  return 0;
}

}  // namespace pdv::bench
