#include "common/service/field_rules.h"

#include "common/status/error.h"
#include "gtest/gtest.h"
#include "pdv/commun/type/v1/importation.pb.h"

namespace pdv::service {
namespace {

using commun::type::v1::RapportImport;

TEST(ChooseNameTest, TheCallerChoosesTheIdOrTheWholeName) {
  EXPECT_EQ(*ChooseName("contrats/*", "", "cv110", "", "contrat"), "contrats/cv110");
  EXPECT_EQ(*ChooseName("contrats/*", "", "", "contrats/cv110", "contrat"), "contrats/cv110");
  EXPECT_EQ(*ChooseName("contrats/*/avenants/*", "contrats/cv110", "1", "", "avenant"),
            "contrats/cv110/avenants/1");
}

TEST(ChooseNameTest, WithoutEitherTheIdIsRandomAndValid) {
  auto name = ChooseName("contrats/*", "", "", "", "contrat");
  ASSERT_TRUE(name.ok());
  EXPECT_TRUE(CheckName("contrats/*", *name, "name").ok());
}

TEST(ChooseNameTest, RefusesWhatDoesNotFitThePattern) {
  for (const char* id : {"CV110", "cv 110", "-cv110", "é", "a/b"}) {
    auto name = ChooseName("contrats/*", "", id, "", "contrat");
    ASSERT_FALSE(name.ok()) << id;
    EXPECT_EQ(status::ViolationsOf(name.status())[0].field, "contrat_id");
  }
  EXPECT_FALSE(ChooseName("contrats/*/avenants/*", "", "1", "", "avenant").ok());
  EXPECT_FALSE(ChooseName("contrats/*", "", std::string(101, 'a'), "", "contrat").ok());
}

TEST(ParentOfTest, IsTheNameWithoutItsLastCollection) {
  EXPECT_EQ(ParentOf("contrats/cv110/avenants/1"), "contrats/cv110");
  EXPECT_EQ(ParentOf("contrats/cv110"), "");
}

TEST(MergeByMaskTest, TakesOnlyTheFieldsOfTheMask) {
  RapportImport given, after;
  given.set_lus(2);
  given.set_crees(3);
  after.set_lus(1);
  after.set_crees(1);
  google::protobuf::FieldMask mask;
  mask.add_paths("crees");
  ASSERT_TRUE(MergeByMask(given, mask, &after).ok());
  EXPECT_EQ(after.lus(), 1);
  EXPECT_EQ(after.crees(), 3);
}

TEST(MergeByMaskTest, AMaskedFieldThatIsUnsetIsCleared) {
  RapportImport given, after;
  after.set_lus(1);
  after.add_constats()->set_name("a");
  google::protobuf::FieldMask mask;
  mask.add_paths("lus");
  mask.add_paths("constats");
  ASSERT_TRUE(MergeByMask(given, mask, &after).ok());
  EXPECT_EQ(after.lus(), 0);
  EXPECT_EQ(after.constats_size(), 0);
}

TEST(MergeByMaskTest, NamesEveryUnknownPath) {
  RapportImport given, after;
  google::protobuf::FieldMask mask;
  mask.add_paths("a");
  mask.add_paths("b");
  EXPECT_EQ(status::ViolationsOf(MergeByMask(given, mask, &after)).size(), 2u);
}

}  // namespace
}  // namespace pdv::service
