#include <thread>

#include "common/rpc/fixture_test.h"
#include "common/status/details.h"
#include "google/rpc/error_details.pb.h"

namespace pdv::rpc {
namespace {

using absl::StatusCode;
using status::ReasonOf;

class OverloadTest : public ServerFixture {
 protected:
  // Calls Lent without waiting for its answer.
  void Occupy(int calls) {
    for (int i = 0; i < calls; ++i) {
      channel_->CallAsync(M("Lent"), Mot("a"), std::make_shared<essai::Mot>(), {},
                          [this](absl::Status status) { status.ok() ? served_++ : refused_++; });
    }
  }
  std::atomic<int> served_{0};
  std::atomic<int> refused_{0};
};

TEST_F(OverloadTest, AFullExecutorRefusesAndSaysWhenToComeBack) {
  ServerOptions options;
  options.executor_threads = 2;
  options.executor_queue = 3;
  Start(options);
  Occupy(2);
  ASSERT_TRUE(Eventually([&] { return stage_->entered == 2; }));
  Occupy(10);  // 3 wait, 7 are refused
  ASSERT_TRUE(Eventually([&] { return refused_ == 7; }));
  const absl::Status status = Call("Lent", Mot("a")).status();
  EXPECT_EQ(status.code(), StatusCode::kResourceExhausted);
  EXPECT_EQ(ReasonOf(status), "SURCHARGE");
  EXPECT_TRUE(status::GetDetail<google::rpc::RetryInfo>(status).has_value());
  // What does not block is served meanwhile.
  EXPECT_TRUE(Call("Echo", Mot("a")).ok());
  stage_->release.Notify();
  ASSERT_TRUE(Eventually([&] { return served_ == 5; }));
  EXPECT_EQ(refused_, 7);
}

TEST_F(OverloadTest, TooManyCallsInFlightAreRefused) {
  ServerOptions options;
  options.max_in_flight = 3;
  Start(options);
  Occupy(3);
  ASSERT_TRUE(Eventually([&] { return stage_->entered == 3; }));
  EXPECT_EQ(ReasonOf(Call("Echo", Mot("a")).status()), "SURCHARGE");
  stage_->release.Notify();
  ASSERT_TRUE(Eventually([&] { return served_ == 3; }));
  EXPECT_TRUE(Eventually([&] { return Call("Echo", Mot("a")).ok(); }));
}

TEST_F(OverloadTest, ACallThatWaitedTooLongIsNotServed) {
  ServerOptions options;
  options.executor_threads = 1;
  Start(options);
  Occupy(1);
  ASSERT_TRUE(Eventually([&] { return stage_->entered == 1; }));
  EXPECT_EQ(Call("Lent", Mot("b"), Within(absl::Milliseconds(100))).status().code(),
            StatusCode::kDeadlineExceeded);
  absl::SleepFor(absl::Milliseconds(50));  // the server's clock of the call runs a little late
  stage_->release.Notify();
  ASSERT_TRUE(Eventually([&] { return served_ == 1; }));
  ASSERT_TRUE(Call("Lent", Mot("c")).ok());
  EXPECT_EQ(stage_->entered, 2);  // never b
}

TEST_F(OverloadTest, ADrainLetsCallsEndAndRefusesNewOnes) {
  Start();
  server_->SetServing(true);
  Occupy(1);
  ASSERT_TRUE(Eventually([&] { return stage_->entered == 1; }));
  std::thread drain([&] { server_->Drain(absl::Seconds(10)); });
  ASSERT_TRUE(
      Eventually([&] { return ReasonOf(Call("Echo", Mot("a")).status()) == "ARRET_EN_COURS"; }));
  EXPECT_EQ(Call("Echo", Mot("a")).status().code(), StatusCode::kUnavailable);
  EXPECT_FALSE(channel_->CheckHealth("").ok());
  stage_->release.Notify();
  drain.join();
  EXPECT_TRUE(Eventually([&] { return served_ == 1; }));
  EXPECT_EQ(Call("Echo", Mot("a")).status().code(), StatusCode::kUnavailable);
}

}  // namespace
}  // namespace pdv::rpc
