#ifndef PDV_COMMON_RPC_FIXTURE_TEST_H_
#define PDV_COMMON_RPC_FIXTURE_TEST_H_

#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/synchronization/notification.h"
#include "common/rpc/client.h"
#include "common/rpc/server.h"
#include "common/rpc/server_test.pb.h"
#include "common/status/error.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace pdv::rpc {

inline constexpr char kService[] = "pdv.rpc.essai.EssaiService";
inline std::string M(const std::string& method) { return std::string(kService) + "/" + method; }

inline essai::Mot Mot(const std::string& texte, int64_t nombre = 0) {
  essai::Mot mot;
  mot.set_texte(texte);
  mot.set_nombre(nombre);
  return mot;
}
inline MessagePtr Shared(essai::Mot mot) {
  return std::make_shared<const essai::Mot>(std::move(mot));
}

// What the handlers of the test service saw, and what they wait for.
struct Stage {
  absl::Notification release;   // Lent waits for it
  std::atomic<int> entered{0};  // calls of Lent that started
  std::atomic<int> imports{0};  // that started
  std::atomic<int> cancelled_imports{0};
  std::atomic<int> streams_done{0};

  std::mutex mu;
  std::condition_variable changed;
  CallPtr last_call;
  StreamSinkPtr sink;  // of the last Suivre

  void Saw(CallPtr call, StreamSinkPtr new_sink = nullptr) {
    {
      std::lock_guard lock(mu);
      last_call = std::move(call);
      if (new_sink != nullptr) sink = std::move(new_sink);
    }
    changed.notify_all();
  }
  StreamSinkPtr WaitForSink() {
    std::unique_lock lock(mu);
    changed.wait_for(lock, std::chrono::seconds(10), [this] { return sink != nullptr; });
    return sink;
  }
};

ServiceTable EssaiTable(std::shared_ptr<Stage> stage);

// Waits up to 10 s for something that happens on another thread.
template <class Condition>
bool Eventually(Condition condition) {
  for (int i = 0; i < 2000; ++i) {
    if (condition()) return true;
    absl::SleepFor(absl::Milliseconds(5));
  }
  return false;
}

// A real server on a free port, and a channel to it.
class ServerFixture : public ::testing::Test {
 protected:
  void Start(ServerOptions options = {}, std::vector<Proxy> proxies = {}) {
    options.service = "essai";
    options.listen = "127.0.0.1:0";
    std::vector<ServiceTable> tables;
    if (proxies.empty()) tables.push_back(EssaiTable(stage_));
    auto started = Server::Start(std::move(options), std::move(tables), std::move(proxies));
    ASSERT_TRUE(started.ok()) << started.status();
    server_ = *std::move(started);
    channel_ = Channel::Open("127.0.0.1:" + std::to_string(server_->port()));
  }
  void TearDown() override {
    if (!stage_->release.HasBeenNotified()) stage_->release.Notify();
    server_.reset();
  }
  absl::StatusOr<essai::Mot> Call(const std::string& method, const essai::Mot& request,
                                  const CallOptions& options = {}) {
    return channel_->Call<essai::Mot>(M(method), request, options);
  }
  static CallOptions Within(absl::Duration delay) {
    CallOptions options;
    options.deadline = absl::Now() + delay;
    return options;
  }

  std::shared_ptr<Stage> stage_ = std::make_shared<Stage>();
  std::unique_ptr<Server> server_;
  std::shared_ptr<Channel> channel_;
};

}  // namespace pdv::rpc

#endif  // PDV_COMMON_RPC_FIXTURE_TEST_H_
