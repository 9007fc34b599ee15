#include <atomic>
#include <thread>

#include "absl/time/clock.h"
#include "common/pg/error.h"
#include "common/pg/pool.h"
#include "common/status/error.h"
#include "gtest/gtest.h"
#include "tests/pgharness/pgharness.h"

namespace pdv::pg {
namespace {

absl::Time In(absl::Duration delay) { return absl::Now() + delay; }

int64_t PidOf(Session& session) {
  absl::StatusOr<Result> pid = session.Exec("SELECT pg_backend_pid()");
  return pid.ok() ? pid->Int64(0, 0) : -1;
}

TEST(PoolTest, ASessionServesAgain) {
  Pool pool(testing::FreshDatabase(), 2);
  int64_t pid = 0;
  {
    absl::StatusOr<Pool::Lease> lease = pool.Acquire(In(absl::Seconds(5)));
    ASSERT_TRUE(lease.ok()) << lease.status();
    pid = PidOf(**lease);
  }
  absl::StatusOr<Pool::Lease> lease = pool.Acquire(In(absl::Seconds(5)));
  ASSERT_TRUE(lease.ok()) << lease.status();
  EXPECT_EQ(PidOf(**lease), pid);
}

TEST(PoolTest, WaitsForASessionUntilTheDeadline) {
  Pool pool(testing::FreshDatabase(), 1);
  absl::StatusOr<Pool::Lease> first = pool.Acquire(In(absl::Seconds(5)));
  ASSERT_TRUE(first.ok()) << first.status();
  const absl::Status late = pool.Acquire(In(absl::Milliseconds(50))).status();
  EXPECT_EQ(late.code(), absl::StatusCode::kDeadlineExceeded);
  EXPECT_EQ(status::ReasonOf(late), "DELAI_DEPASSE");
  std::thread holder([lease = *std::move(first)]() mutable {
    absl::SleepFor(absl::Milliseconds(100));
    Pool::Lease gone = std::move(lease);
  });
  EXPECT_TRUE(pool.Acquire(absl::InfiniteFuture()).ok());
  holder.join();
}

TEST(PoolTest, AnOpenTransactionIsRolledBack) {
  Pool pool(testing::FreshDatabase(), 1);
  {
    absl::StatusOr<Pool::Lease> lease = pool.Acquire(In(absl::Seconds(5)));
    ASSERT_TRUE(lease.ok()) << lease.status();
    ASSERT_TRUE((*lease)->Script("BEGIN; CREATE TABLE t (n int)").ok());
  }
  absl::StatusOr<Pool::Lease> lease = pool.Acquire(In(absl::Seconds(5)));
  ASSERT_TRUE(lease.ok()) << lease.status();
  EXPECT_FALSE((*lease)->in_transaction());
  EXPECT_FALSE((*lease)->Exec("SELECT * FROM t").ok());
}

TEST(PoolTest, AMissingDatabaseIsSaidAtOnce) {
  Pool pool(testing::FreshDatabase() + " dbname=absente", 1);
  const absl::Time start = absl::Now();
  EXPECT_FALSE(pool.Acquire(In(absl::Seconds(30))).ok());
  EXPECT_LT(absl::Now() - start, absl::Seconds(5));
}

TEST(PoolTest, AnAbsentServerIsUnavailableAtTheDeadline) {
  Pool pool("host=/nulle/part", 1);
  const absl::Status status = pool.Acquire(In(absl::Milliseconds(200))).status();
  EXPECT_EQ(ToPublic(status).code(), absl::StatusCode::kUnavailable) << status;
  // The place of the failed attempt is free again.
  EXPECT_EQ(ToPublic(pool.Acquire(In(absl::Milliseconds(50))).status()).code(),
            absl::StatusCode::kUnavailable);
}

TEST(PoolTest, ATerminatedIdleSessionIsReplacedUnseen) {
  Pool pool(testing::FreshDatabase(), 2);
  absl::StatusOr<Pool::Lease> killer = pool.Acquire(In(absl::Seconds(5)));
  ASSERT_TRUE(killer.ok()) << killer.status();
  int64_t pid = 0;
  {
    absl::StatusOr<Pool::Lease> victim = pool.Acquire(In(absl::Seconds(5)));
    ASSERT_TRUE(victim.ok()) << victim.status();
    pid = PidOf(**victim);
  }
  ASSERT_TRUE(
      (*killer)->Exec("SELECT pg_terminate_backend($1::int, 5000)", Params().Int64(pid)).ok());
  absl::StatusOr<Pool::Lease> lease = pool.Acquire(In(absl::Seconds(5)));
  ASSERT_TRUE(lease.ok()) << lease.status();
  EXPECT_GT(PidOf(**lease), 0);
}

TEST(PoolTest, ARestartedServerIsWaitedFor) {
  testing::PrivateCluster cluster;
  Pool pool(cluster.conninfo(), 2);
  for (bool crash : {false, true}) {
    SCOPED_TRACE(crash ? "crash" : "fast stop");
    { ASSERT_TRUE(pool.Acquire(In(absl::Seconds(5))).ok()); }
    crash ? cluster.Kill() : cluster.Stop();
    std::thread restart([&] {
      absl::SleepFor(absl::Milliseconds(300));
      cluster.Start();
    });
    absl::StatusOr<Pool::Lease> lease = pool.Acquire(In(absl::Seconds(30)));
    restart.join();
    ASSERT_TRUE(lease.ok()) << lease.status();
    EXPECT_GT(PidOf(**lease), 0);
  }
}

TEST(PoolTest, ManyThreadsShareFewSessions) {
  Pool pool(testing::FreshDatabase(), 3);
  std::atomic<int> done{0};
  std::vector<std::thread> threads;
  for (int i = 0; i < 12; ++i) {
    threads.emplace_back([&, i] {
      for (int n = 0; n < 50; ++n) {
        absl::StatusOr<Pool::Lease> lease = pool.Acquire(In(absl::Seconds(20)));
        if (!lease.ok()) return;
        absl::StatusOr<Result> row = (*lease)->Exec("SELECT $1::int", Params().Int64(i));
        if (row.ok() && row->Int64(0, 0) == i) ++done;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(done, 600);
}

}  // namespace
}  // namespace pdv::pg
