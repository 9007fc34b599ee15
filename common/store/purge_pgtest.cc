// Answers are kept for as long as the operator says, and forgotten after.
#include "absl/strings/str_cat.h"
#include "common/store/base_migration.h"
#include "common/store/store.h"
#include "gtest/gtest.h"
#include "tests/pgharness/pgharness.h"

namespace pdv::store {
namespace {

TEST(PurgeTest, ForgetsWhatIsOlderAndNothingElse) {
  const std::string conninfo = testing::FreshDatabase({BaseMigration()});
  auto session = *pg::Session::Connect(conninfo);
  ASSERT_TRUE(session
                  ->Script("INSERT INTO idempotence (request_id, methode, empreinte, reponse_type, "
                           "reponse, instant) SELECT 'r' || i, 'm', '', 't', '', now() - i * interval "
                           "'1 hour' FROM generate_series(0, 11999) i")
                  .ok());
  StoreOptions options;
  options.service = "essai";
  options.conninfo = conninfo;
  auto store = *Store::Open(options);
  std::stop_source stopping;
  stopping.request_stop();
  EXPECT_EQ(*store->PurgeRecords(absl::Hours(24), stopping.get_token()), 0);
  EXPECT_EQ(*store->PurgeRecords(absl::Hours(24) + absl::Minutes(30)), 11975);  // in three slices
  EXPECT_EQ(*store->PurgeRecords(absl::Hours(24) + absl::Minutes(30)), 0);
  auto left = session->Exec("SELECT count(*), max(now() - instant) < interval '25 hours' FROM idempotence");
  EXPECT_EQ(left->Text(0, 0), "25");
  EXPECT_EQ(left->Text(0, 1), "t");
}

}  // namespace
}  // namespace pdv::store
