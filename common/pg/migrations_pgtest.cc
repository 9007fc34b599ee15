#include <thread>

#include "common/pg/error.h"
#include "common/pg/migrations.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/pgharness/pgharness.h"

namespace pdv::pg {
namespace {

using ::testing::HasSubstr;

const Migration kFirst{1, "premiere", "CREATE TABLE a (n int); INSERT INTO a VALUES (1)"};
const Migration kSecond{2, "deuxieme", "ALTER TABLE a ADD m int DEFAULT 2"};

std::unique_ptr<Session> Connect(const std::string& conninfo) {
  absl::StatusOr<std::unique_ptr<Session>> session = Session::Connect(conninfo);
  EXPECT_TRUE(session.ok()) << session.status();
  return *std::move(session);
}

class MigrationsTest : public ::testing::Test {
 protected:
  const std::string conninfo_ = testing::FreshDatabase();
  const std::unique_ptr<Session> session_ = Connect(conninfo_);
};

TEST_F(MigrationsTest, AppliesWhatIsMissingOnce) {
  ASSERT_TRUE(Migrate(*session_, {kFirst}).ok());
  ASSERT_TRUE(Migrate(*session_, {kFirst, kSecond}).ok());
  ASSERT_TRUE(Migrate(*session_, {kFirst, kSecond}).ok());
  EXPECT_TRUE(CheckHead(*session_, {kFirst, kSecond}).ok());
  absl::StatusOr<Result> rows = session_->Exec("SELECT n, m FROM a");
  ASSERT_TRUE(rows.ok()) << rows.status();
  EXPECT_EQ(rows->rows(), 1);
  EXPECT_EQ(rows->Int64(0, 1), 2);
}

TEST_F(MigrationsTest, RefusesAnotherHead) {
  EXPECT_EQ(CheckHead(*session_, {kFirst}).code(), absl::StatusCode::kFailedPrecondition);
  ASSERT_TRUE(Migrate(*session_, {kFirst, kSecond}).ok());
  const absl::Status older = CheckHead(*session_, {kFirst});
  EXPECT_EQ(older.code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_THAT(std::string(older.message()), HasSubstr("0002_deuxieme"));
  const absl::Status newer = CheckHead(*session_, {kFirst, kSecond, {3, "suite", "SELECT 1"}});
  EXPECT_EQ(newer.code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_THAT(std::string(newer.message()), HasSubstr("0003_suite"));
  EXPECT_EQ(Migrate(*session_, {kFirst}).code(), absl::StatusCode::kFailedPrecondition);
}

TEST_F(MigrationsTest, RefusesAChangedText) {
  ASSERT_TRUE(Migrate(*session_, {kFirst}).ok());
  const Migration changed{1, "premiere", "CREATE TABLE a (n bigint)"};
  for (const absl::Status& status :
       {Migrate(*session_, {changed, kSecond}), CheckHead(*session_, {changed})}) {
    EXPECT_EQ(status.code(), absl::StatusCode::kFailedPrecondition);
    EXPECT_THAT(std::string(status.message()), HasSubstr("0001_premiere"));
  }
  EXPECT_TRUE(CheckHead(*session_, {kFirst}).ok());
}

TEST_F(MigrationsTest, RefusesAStepBeforeOneThatWasApplied) {
  ASSERT_TRUE(Migrate(*session_, {{2, "x", "SELECT 1"}}).ok());
  EXPECT_EQ(Migrate(*session_, {kFirst, {2, "x", "SELECT 1"}}).code(),
            absl::StatusCode::kFailedPrecondition);
}

TEST_F(MigrationsTest, AFailedStepLeavesNothing) {
  const Migration broken{2, "fausse", "CREATE TABLE b (n int); SELECT 1/0"};
  const absl::Status status = Migrate(*session_, {kFirst, broken});
  EXPECT_THAT(std::string(status.message()), HasSubstr("0002_fausse"));
  EXPECT_EQ(ErrorOf(status).value_or(PgError{}).sqlstate, "22012");
  EXPECT_FALSE(session_->in_transaction());
  EXPECT_TRUE(CheckHead(*session_, {kFirst}).ok());
  EXPECT_FALSE(session_->Exec("SELECT * FROM b").ok());
  ASSERT_TRUE(Migrate(*session_, {kFirst, kSecond}).ok());
}

TEST_F(MigrationsTest, AStepThatCommitsByItselfIsRefused) {
  const Migration commits{2, "commit", "CREATE TABLE b (n int); COMMIT"};
  EXPECT_EQ(Migrate(*session_, {kFirst, commits}).code(), absl::StatusCode::kFailedPrecondition);
}

TEST_F(MigrationsTest, ConcurrentRunsWaitForEachOther) {
  const Migration slow{1, "lente", "CREATE TABLE a (n int); SELECT pg_sleep(0.2)"};
  std::vector<absl::Status> statuses(4);
  std::vector<std::thread> threads;
  for (absl::Status& status : statuses) {
    threads.emplace_back([&] { status = Migrate(*Connect(conninfo_), {slow, kSecond}); });
  }
  for (std::thread& thread : threads) thread.join();
  for (const absl::Status& status : statuses) EXPECT_TRUE(status.ok()) << status;
  EXPECT_TRUE(CheckHead(*session_, {slow, kSecond}).ok());
}

TEST_F(MigrationsTest, GivesTheTimeoutsBack) {
  ASSERT_TRUE(Migrate(*session_, {kFirst}).ok());
  absl::StatusOr<Result> row = session_->Exec(
      "SELECT current_setting('statement_timeout'), current_setting('lock_timeout')");
  ASSERT_TRUE(row.ok()) << row.status();
  EXPECT_EQ(row->Text(0, 0), "30s");
  EXPECT_EQ(row->Text(0, 1), "10s");
}

}  // namespace
}  // namespace pdv::pg
