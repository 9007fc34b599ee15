// What a read by name answers is the row as the database has it at that moment, whoever wrote it.
#include <set>
#include <thread>

#include "absl/strings/str_cat.h"
#include "absl/synchronization/notification.h"
#include "common/store/reader.h"
#include "common/store/row_cache.h"
#include "gmock/gmock.h"
#include "pdv/commun/type/v1/importation.pb.h"
#include "tests/pgharness/pgharness.h"

namespace pdv::store {
namespace {

using commun::type::v1::Constat;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

// Any message with a name does.
const Table& Constats() {
  static const Table table(Constat::descriptor(), "constat", {"rang", "name", "message"});
  return table;
}

class RowCacheTest : public ::testing::Test {
 protected:
  RowCacheTest() : conninfo_(testing::FreshDatabase({})) {
    session_ = *pg::Session::Connect(conninfo_);
    Sql("CREATE TABLE constat (name text PRIMARY KEY, rang bigint NOT NULL, message text)");
    Sql("INSERT INTO constat SELECT 'c' || i, i, repeat('x', 100) FROM generate_series(1, 9) i");
  }
  void Sql(std::string_view sql) {
    const absl::Status run = session_->Script(sql);
    ASSERT_TRUE(run.ok()) << run;
  }
  // Reads as the Reader does; `sent_` are the names of the rows that the database sent.
  std::map<std::string, int64_t> Read(RowCache& cache, const std::vector<std::string>& names) {
    std::map<std::string, int64_t> found;
    std::vector<std::string> versions;
    for (const std::string& name : names) {
      const RowCache::Row* kept = cache.Find(Constats(), name);
      versions.push_back(kept == nullptr ? "0" : kept->version);
      if (kept != nullptr) found[name] = static_cast<const Constat&>(*kept->message).rang();
    }
    pg::Params params;
    params.TextArray(names);
    params.TextArray(versions);
    auto rows = session_->Exec(RowCache::SelectChanged(Constats()), params);
    EXPECT_TRUE(rows.ok()) << rows.status();
    sent_.clear();
    for (int row = 0; rows.ok() && row < rows->rows(); ++row) {
      const std::string name(rows->Text(row, 0));
      sent_.insert(name);
      auto message = cache.Take(Constats(), *rows, row);
      EXPECT_TRUE(message.ok()) << message.status();
      if (*message == nullptr) {
        found.erase(name);
      } else {
        found[name] = static_cast<const Constat&>(**message).rang();
      }
    }
    return found;
  }

  const std::string conninfo_;
  std::unique_ptr<pg::Session> session_;
  std::set<std::string> sent_;
};

using Found = std::map<std::string, int64_t>;

TEST_F(RowCacheTest, OnlyWhatChangedIsSentAgain) {
  RowCache cache(1 << 20);
  EXPECT_EQ(Read(cache, {"c1", "c2"}), (Found{{"c1", 1}, {"c2", 2}}));
  EXPECT_THAT(sent_, ElementsAre("c1", "c2"));
  EXPECT_EQ(Read(cache, {"c1", "c2"}), (Found{{"c1", 1}, {"c2", 2}}));
  EXPECT_THAT(sent_, IsEmpty());

  Sql("UPDATE constat SET rang = 20 WHERE name = 'c2'");
  EXPECT_EQ(Read(cache, {"c1", "c2"}), (Found{{"c1", 1}, {"c2", 20}}));
  EXPECT_THAT(sent_, ElementsAre("c2"));

  Sql("BEGIN; UPDATE constat SET rang = 21 WHERE name = 'c2'; ROLLBACK");
  EXPECT_EQ(Read(cache, {"c2"}), (Found{{"c2", 20}}));
  EXPECT_THAT(sent_, IsEmpty());
}

TEST_F(RowCacheTest, ARowThatIsGoneIsNotAnswered) {
  RowCache cache(1 << 20);
  EXPECT_EQ(Read(cache, {"c1", "inconnu"}), (Found{{"c1", 1}}));
  Sql("DELETE FROM constat WHERE name = 'c1'");
  EXPECT_THAT(Read(cache, {"c1"}), IsEmpty());
  Sql("INSERT INTO constat VALUES ('c1', 100, NULL)");
  EXPECT_EQ(Read(cache, {"c1"}), (Found{{"c1", 100}}));
}

TEST_F(RowCacheTest, ASmallCacheForgetsAndStillAnswers) {
  RowCache cache(400);
  for (int turn = 0; turn < 3; ++turn) {
    for (int i = 1; i <= 9; ++i) {
      const std::string name = absl::StrCat("c", i);
      EXPECT_EQ(Read(cache, {name}), (Found{{name, i}}));
    }
  }
  EXPECT_THAT(sent_, ElementsAre("c9"));  // forgotten meanwhile
}

TEST_F(RowCacheTest, ANewSessionStartsWithNothing) {
  RowCache cache(1 << 20);
  Read(cache, {"c1"});
  cache.Clear();
  EXPECT_EQ(Read(cache, {"c1"}), (Found{{"c1", 1}}));
  EXPECT_THAT(sent_, ElementsAre("c1"));
}

// Through the Reader, while another writes: a value is never older than one that was committed
// before the read began.
TEST_F(RowCacheTest, AReadSeesEveryCommitThatCameBeforeIt) {
  Reader reader(conninfo_, 1);
  for (int64_t value = 1000; value < 1100; ++value) {
    Sql(absl::StrCat("UPDATE constat SET rang = ", value, " WHERE name = 'c5'"));
    absl::Notification answered;
    int64_t seen = 0;
    reader.Get(Constats(), "c5", std::make_shared<rpc::Call>(),
               [&](absl::StatusOr<rpc::MessagePtr> row) {
                 if (row.ok()) seen = static_cast<const Constat&>(**row).rang();
                 answered.Notify();
               });
    answered.WaitForNotification();
    ASSERT_EQ(seen, value);
  }
}

}  // namespace
}  // namespace pdv::store
