#include "common/store/batch.h"

#include "gmock/gmock.h"
#include "pdv/commun/type/v1/evenement.pb.h"

namespace pdv::store {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

const Table& Evenements() {
  static const Table table(commun::type::v1::Evenement::descriptor(), "evenement",
                           {"name", "methode"});
  return table;
}

Batch::RowPtr Ligne(const char* name, const char* methode) {
  auto row = std::make_shared<commun::type::v1::Evenement>();
  row->set_name(name);
  row->set_methode(methode);
  return row;
}

std::vector<std::string> Noms(const Batch& batch, const char* column, const char* value) {
  std::vector<std::string> names;
  for (const auto* row : batch.Where(Evenements(), column, value)) names.push_back(NameOf(*row));
  return names;
}

// What is found by a column follows the rows, read after it was first asked for or read again.
TEST(BatchTest, RowsAreFoundByAColumnAsTheyAreNow) {
  Batch batch;
  EXPECT_THAT(Noms(batch, "methode", "x"), IsEmpty());
  batch.Load(Evenements(), Ligne("b", "x"));
  batch.Load(Evenements(), Ligne("a", "x"));
  batch.Load(Evenements(), Ligne("c", "y"));
  EXPECT_THAT(Noms(batch, "methode", "x"), ElementsAre("a", "b"));
  batch.Load(Evenements(), Ligne("a", "y"));
  batch.Load(Evenements(), Ligne("d", "x"));
  EXPECT_THAT(Noms(batch, "methode", "x"), ElementsAre("b", "d"));
  EXPECT_THAT(Noms(batch, "methode", "y"), ElementsAre("a", "c"));
  EXPECT_THAT(Noms(batch, "methode", ""), IsEmpty());
}

TEST(BatchTest, WithoutAColumnEveryRowIsFound) {
  Batch batch;
  batch.Load(Evenements(), Ligne("b", "x"));
  batch.Load(Evenements(), Ligne("a", "y"));
  EXPECT_THAT(Noms(batch, "", ""), ElementsAre("a", "b"));
  EXPECT_THAT(Noms(batch, "inconnue", "x"), IsEmpty());
}

}  // namespace
}  // namespace pdv::store
