#include "absl/time/clock.h"
#include "common/pg/error.h"
#include "common/pg/session.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/pgharness/pgharness.h"

namespace pdv::pg {
namespace {

using ::testing::HasSubstr;

std::string SqlStateOf(const absl::Status& status) {
  return ErrorOf(status).value_or(PgError{}).sqlstate;
}

class SessionTest : public ::testing::Test {
 protected:
  void SetUp() override {
    conninfo_ = testing::FreshDatabase();
    absl::StatusOr<std::unique_ptr<Session>> session = Session::Connect(conninfo_);
    ASSERT_TRUE(session.ok()) << session.status();
    session_ = *std::move(session);
  }
  void Script(std::string_view sql) {
    const absl::Status status = session_->Script(sql);
    ASSERT_TRUE(status.ok()) << status;
  }
  int64_t Count(std::string_view table) {
    absl::StatusOr<Result> rows =
        session_->Exec("SELECT count(*) FROM " + std::string(table), {}, false);
    return rows.ok() ? rows->Int64(0, 0) : -1;
  }
  std::string conninfo_;
  std::unique_ptr<Session> session_;
};

TEST_F(SessionTest, EveryKindOfParameterGoesAndComesBack) {
  Params params;
  params.Text("é'\\\"{},").OptText(std::nullopt).Int64(INT64_MIN).Bool(true);
  params.Bytes(std::string_view("\0\xff\n", 3)).Null();
  params.TextArray({"a,b", "", "{\"é\"}"}).OptTextArray({"x", std::nullopt});
  params.Int64Array({-1, INT64_MAX}).BytesArray({std::string("\0", 1)}).TextArray({});
  absl::StatusOr<Result> row = session_->Exec(
      "SELECT $1::text, $2::text, $3::bigint, $4::boolean AS vrai, $5::bytea, $6::date,"
      " ($7::text[])[1] || '|' || ($7::text[])[2] || '|' || ($7::text[])[3],"
      " ($8::text[])[1] || coalesce(($8::text[])[2], '<null>'),"
      " ($9::bigint[])[1], ($9::bigint[])[2], ($10::bytea[])[1], cardinality($11::text[])",
      params);
  ASSERT_TRUE(row.ok()) << row.status();
  EXPECT_EQ(row->Text(0, 0), "é'\\\"{},");
  EXPECT_TRUE(row->IsNull(0, 1));
  EXPECT_EQ(row->Text(0, 1), "");
  EXPECT_EQ(row->Int64(0, 2), INT64_MIN);
  EXPECT_EQ(row->Column("vrai"), 3);
  EXPECT_EQ(row->Column("absent"), -1);
  EXPECT_TRUE(row->Bool(0, 3));
  EXPECT_EQ(row->Bytes(0, 4), std::string("\0\xff\n", 3));
  EXPECT_TRUE(row->IsNull(0, 5));
  EXPECT_EQ(row->Text(0, 6), "a,b||{\"é\"}");
  EXPECT_EQ(row->Text(0, 7), "x<null>");
  EXPECT_EQ(row->Int64(0, 8), -1);
  EXPECT_EQ(row->Int64(0, 9), INT64_MAX);
  EXPECT_EQ(row->Bytes(0, 10), std::string("\0", 1));
  EXPECT_EQ(row->Int64(0, 11), 0);
}

TEST_F(SessionTest, ATextWithANulIsRefusedNotCut) {
  const absl::Status status =
      session_->Exec("SELECT $1::text", Params().Text(std::string_view("a\0b", 3))).status();
  EXPECT_EQ(SqlStateOf(status), "22021") << status;
  EXPECT_TRUE(session_->ok());
}

TEST_F(SessionTest, SetsTheSafetyTimeouts) {
  absl::StatusOr<Result> row = session_->Exec(
      "SELECT current_setting('statement_timeout'), current_setting('lock_timeout'),"
      " current_setting('idle_in_transaction_session_timeout'), current_setting('TimeZone'),"
      " current_setting('client_connection_check_interval')");
  ASSERT_TRUE(row.ok()) << row.status();
  EXPECT_EQ(row->Text(0, 0), "30s");
  EXPECT_EQ(row->Text(0, 1), "10s");
  EXPECT_EQ(row->Text(0, 2), "30s");
  EXPECT_EQ(row->Text(0, 3), "UTC");
  EXPECT_EQ(row->Text(0, 4), "10s");
}

// The planner believes that a table is as small as when it was last analysed.
TEST_F(SessionTest, FindsRowsByKeyInATableThatHasGrown) {
  Script(
      "CREATE TABLE grandie (id text PRIMARY KEY, etat text); INSERT INTO grandie VALUES ('0', "
      "'a');"
      "ANALYZE grandie; INSERT INTO grandie SELECT n::text, 'a' FROM generate_series(1, 100) n");
  auto plan =
      session_->Exec("EXPLAIN SELECT id FROM grandie WHERE id = ANY($1::text[]) AND etat = 'a'",
                     Params().TextArray({"1", "2", "3"}));
  ASSERT_TRUE(plan.ok()) << plan.status();
  EXPECT_THAT(std::string(plan->Text(0, 0)), ::testing::HasSubstr("Index"));
}

TEST_F(SessionTest, TheConnectionStringWinsOverOurTimeouts) {
  auto session = Session::Connect(conninfo_ + " options='-c statement_timeout=200ms'");
  ASSERT_TRUE(session.ok()) << session.status();
  const absl::Status status = (*session)->Exec("SELECT pg_sleep(10)").status();
  EXPECT_EQ(status.code(), absl::StatusCode::kDeadlineExceeded) << status;
  EXPECT_TRUE((*session)->ok());
}

TEST_F(SessionTest, ASilentServerIsLostOnceThePatienceOfThePipelineIsOver) {
  const std::vector<Statement> nap = {{"SELECT pg_sleep(1)", {}, false}};
  EXPECT_TRUE(session_->Pipeline(nap, absl::Seconds(20)).ok());
  const absl::Status status = session_->Pipeline(nap, absl::Milliseconds(200)).status();
  EXPECT_EQ(SqlStateOf(status), "08006") << status;
  EXPECT_TRUE(IsRetryable(status));
  EXPECT_FALSE(session_->ok());
}

TEST_F(SessionTest, TheServerEndsWhatWasGivenUp) {
  auto session =
      Session::Connect(conninfo_ + " options='-c client_connection_check_interval=100ms'");
  ASSERT_TRUE(session.ok()) << session.status();
  EXPECT_FALSE(
      (*session)
          ->Pipeline({{"SELECT pg_sleep(25) AS abandon", {}, false}}, absl::Milliseconds(200))
          .ok());
  session->reset();
  const auto running = [&] {
    return Count(
        "pg_stat_activity WHERE query LIKE '%AS abandon' AND pid <> pg_backend_pid() "
        "AND state = 'active'");
  };
  const absl::Time until = absl::Now() + absl::Seconds(10);
  while (running() > 0 && absl::Now() < until) absl::SleepFor(absl::Milliseconds(50));
  EXPECT_EQ(running(), 0);
}

TEST_F(SessionTest, NamesTheConstraint) {
  Script(
      "CREATE TABLE parent (id int CONSTRAINT parent_pkey PRIMARY KEY);"
      "CREATE TABLE enfant (id int CONSTRAINT enfant_positif CHECK (id > 0),"
      " parent int CONSTRAINT enfant_parent_fkey REFERENCES parent);"
      "INSERT INTO parent VALUES (1)");
  auto constraint = [&](std::string_view sql) {
    const absl::Status status = session_->Exec(sql).status();
    return ErrorOf(status).value_or(PgError{}).constraint;
  };
  EXPECT_EQ(constraint("INSERT INTO parent VALUES (1)"), "parent_pkey");
  EXPECT_EQ(constraint("INSERT INTO enfant VALUES (-1, 1)"), "enfant_positif");
  EXPECT_EQ(constraint("INSERT INTO enfant VALUES (1, 2)"), "enfant_parent_fkey");
  EXPECT_TRUE(session_->Exec("INSERT INTO enfant VALUES (1, 1)").ok());
}

TEST_F(SessionTest, APipelineIsOneTransaction) {
  Script("CREATE TABLE t (n int CONSTRAINT t_pkey PRIMARY KEY)");
  const std::string_view insert = "INSERT INTO t VALUES ($1)";
  absl::StatusOr<std::vector<Result>> failed = session_->Pipeline(
      {{insert, Params().Int64(1)}, {insert, Params().Int64(1)}, {insert, Params().Int64(2)}});
  EXPECT_EQ(SqlStateOf(failed.status()), "23505");
  EXPECT_FALSE(session_->in_transaction());
  EXPECT_EQ(Count("t"), 0);
  absl::StatusOr<std::vector<Result>> done = session_->Pipeline(
      {{insert, Params().Int64(1)}, {"SELECT count(*) FROM t"}, {insert, Params().Int64(2)}});
  ASSERT_TRUE(done.ok()) << done.status();
  ASSERT_EQ(done->size(), 3u);
  EXPECT_EQ((*done)[0].affected(), 1);
  EXPECT_EQ((*done)[1].Int64(0, 0), 1);
  EXPECT_EQ(Count("t"), 2);
}

TEST_F(SessionTest, AnErrorAtTheSyncIsAnError) {
  Script(
      "CREATE TABLE p (id int CONSTRAINT p_pkey PRIMARY KEY);"
      "CREATE TABLE e (p int CONSTRAINT e_p_fkey REFERENCES p DEFERRABLE INITIALLY DEFERRED)");
  absl::StatusOr<std::vector<Result>> results =
      session_->Pipeline({{"INSERT INTO e VALUES (1)"}, {"SELECT 1"}});
  EXPECT_EQ(SqlStateOf(results.status()), "23503") << results.status();
  EXPECT_TRUE(session_->ok());
  EXPECT_EQ(Count("e"), 0);
}

TEST_F(SessionTest, AFailedTransactionMustBeRolledBack) {
  Script("CREATE TABLE t (n int CONSTRAINT t_pkey PRIMARY KEY)");
  EXPECT_FALSE(
      session_->Pipeline({{"BEGIN", {}, false}, {"SELECT 1/0"}, {"COMMIT", {}, false}}).ok());
  EXPECT_TRUE(session_->in_transaction());
  // The server answers ROLLBACK, without an error: we must not call it a commit.
  const absl::Status commit = session_->Exec("COMMIT", {}, false).status();
  EXPECT_EQ(SqlStateOf(commit), "25P02") << commit;
  EXPECT_FALSE(session_->in_transaction());
}

TEST_F(SessionTest, ALargePipelineDoesNotDeadlock) {
  // 40 MB each way: far beyond the buffers of a socket.
  const std::string text(10'000, 'x');
  std::vector<Statement> statements(4000, Statement{"SELECT $1::text", Params().Text(text)});
  absl::StatusOr<std::vector<Result>> results = session_->Pipeline(statements);
  ASSERT_TRUE(results.ok()) << results.status();
  EXPECT_EQ((*results)[3999].Text(0, 0), text);
}

// Long parameters are written while the server runs what was sent before them.
TEST_F(SessionTest, ParametersMayBeWrittenWhenTheirTurnComes) {
  Script("CREATE TABLE t (v text)");
  auto observer = *Session::Connect(conninfo_);
  bool running = false;
  auto long_text = [](char c) {
    Params params;
    params.Text(std::string(100'000, c));
    return params;
  };
  const auto results = session_->Pipeline(
      {{.sql = "INSERT INTO t SELECT $1::text FROM pg_sleep(1)",
        .write_params = [&] { return long_text('a'); }},
       {.sql = "INSERT INTO t VALUES ($1::text)", .write_params = [&] {
          for (int i = 0; i < 80 && !running; ++i) {
            absl::SleepFor(absl::Milliseconds(10));
            const auto active = observer->Exec(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
                "AND wait_event = 'PgSleep'");
            running = active.ok() && active->Int64(0, 0) == 1;
          }
          return long_text('b');
        }}});
  ASSERT_TRUE(results.ok()) << results.status();
  EXPECT_TRUE(running);
  EXPECT_EQ(session_->Exec("SELECT string_agg(left(v, 1), '' ORDER BY v) FROM t")->Text(0, 0),
            "ab");
}

TEST_F(SessionTest, PreparesEachTextOnceAndNoMoreThanTheBound) {
  for (int i = 0; i < 300; ++i) {
    const std::string sql = "SELECT $1::int + " + std::to_string(i);
    for (int twice = 0; twice < 2; ++twice) {
      absl::StatusOr<Result> row = session_->Exec(sql, Params().Int64(1));
      ASSERT_TRUE(row.ok()) << row.status();
      ASSERT_EQ(row->Int64(0, 0), i + 1);
    }
  }
  EXPECT_EQ(Count("pg_prepared_statements"), 256);
}

TEST_F(SessionTest, TheSameTextWithOtherTypesIsNotConfused) {
  const std::string_view sql = "SELECT cardinality($1::text[])";
  EXPECT_TRUE(session_->Exec(sql, Params().Null()).ok());
  absl::StatusOr<Result> row = session_->Exec(sql, Params().TextArray({"a", "b"}));
  ASSERT_TRUE(row.ok()) << row.status();
  EXPECT_EQ(row->Int64(0, 0), 2);
}

TEST_F(SessionTest, AFailedPreparationIsNotRemembered) {
  const std::string_view sql = "SELECT n FROM plus_tard";
  EXPECT_EQ(SqlStateOf(session_->Exec(sql).status()), "42P01");
  Script("CREATE TABLE plus_tard (n int)");
  EXPECT_TRUE(session_->Exec(sql).ok());
}

TEST_F(SessionTest, AChangedSchemaIsRetryableAndPreparedAgain) {
  Script("CREATE TABLE t (a int); INSERT INTO t VALUES (1)");
  const std::string_view sql = "SELECT * FROM t";
  EXPECT_TRUE(session_->Exec(sql).ok());
  Script("ALTER TABLE t ADD b int");
  const absl::Status stale = session_->Exec(sql).status();
  EXPECT_TRUE(IsRetryable(stale)) << stale;
  absl::StatusOr<Result> again = session_->Exec(sql);
  ASSERT_TRUE(again.ok()) << again.status();
  EXPECT_EQ(again->columns(), 2);
}

// What is forgotten here stays there: a session that meets conflicts would fill its server's
// memory.
TEST_F(SessionTest, AConflictLeavesWhatIsPrepared) {
  constexpr char kOne[] = "SELECT 1 AS garde";
  for (int i = 0; i < 3; ++i) {
    ASSERT_TRUE(session_->Exec(kOne).ok());
    const absl::Status conflict =
        session_->Script("DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = '40P01'; END $$");
    EXPECT_EQ(conflict.code(), absl::StatusCode::kAborted) << conflict;
  }
  EXPECT_EQ(Count("pg_prepared_statements WHERE statement LIKE '%AS garde'"), 1);
}

TEST_F(SessionTest, CopyWritesAllOrNothing) {
  Script("CREATE TABLE t (n int, s text)");
  std::string data;
  for (int i = 0; i < 100'000; ++i) data += std::to_string(i) + "\tligne\n";
  absl::Status status = session_->CopyIn("COPY t FROM STDIN", data);
  ASSERT_TRUE(status.ok()) << status;
  EXPECT_EQ(Count("t"), 100'000);
  status = session_->CopyIn("COPY t FROM STDIN", "1\ta\npas un nombre\tb\n");
  EXPECT_EQ(SqlStateOf(status), "22P02") << status;
  EXPECT_EQ(SqlStateOf(session_->CopyIn("COPY absente FROM STDIN", "")), "42P01");
  EXPECT_TRUE(session_->ok());
  EXPECT_EQ(Count("t"), 100'000);
}

TEST_F(SessionTest, ARefusalToConnectSaysWhy) {
  const absl::Status missing = Session::Connect(conninfo_ + " dbname=absente").status();
  EXPECT_EQ(SqlStateOf(missing), "3D000") << missing;
  EXPECT_FALSE(IsRetryable(missing));
  const absl::Status nowhere = Session::Connect("host=/nulle/part").status();
  EXPECT_TRUE(IsRetryable(nowhere)) << nowhere;
  EXPECT_EQ(Session::Connect("pas une chaîne").status().code(), absl::StatusCode::kInvalidArgument);
}

TEST_F(SessionTest, ATerminatedSessionIsUnavailableThenUseless) {
  auto other = Session::Connect(conninfo_);
  ASSERT_TRUE(other.ok()) << other.status();
  absl::StatusOr<Result> pid = session_->Exec("SELECT pg_backend_pid()");
  ASSERT_TRUE(pid.ok());
  ASSERT_TRUE(
      (*other)
          ->Exec("SELECT pg_terminate_backend($1::int, 5000)", Params().Int64(pid->Int64(0, 0)))
          .ok());
  const absl::Status lost = session_->Exec("SELECT 1").status();
  EXPECT_EQ(lost.code(), absl::StatusCode::kUnavailable) << lost;
  EXPECT_TRUE(IsRetryable(lost));
  EXPECT_FALSE(session_->ok());
  EXPECT_EQ(session_->Exec("SELECT 1").status().code(), absl::StatusCode::kUnavailable);
  EXPECT_EQ(session_->Script("SELECT 1").code(), absl::StatusCode::kUnavailable);
}

TEST_F(SessionTest, AReadOnlyServerIsLeft) {
  // What a primary that was demoted under a living session answers.
  Script("CREATE TABLE t (n int); SET default_transaction_read_only = on");
  const absl::Status status = session_->Exec("INSERT INTO t VALUES (1)").status();
  EXPECT_TRUE(IsRetryable(status)) << status;
  EXPECT_FALSE(session_->ok());
}

}  // namespace
}  // namespace pdv::pg
