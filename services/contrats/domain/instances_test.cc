#include "services/contrats/domain/instances.h"

#include "common/status/error.h"
#include "gtest/gtest.h"
#include "services/contrats/domain/dates.h"

namespace pdv::contrats {
namespace {

void AddMember(v1::Instance& instance, const char* nom, types::Date jusqu_au) {
  auto* member = instance.add_membres();
  member->set_nom(nom);
  *member->mutable_conserver_jusqu_au() = EnMessage(jusqu_au);
}

TEST(InstanceTest, OnlyAConseilCitoyenIsThatOfQuartiers) {
  v1::Instance instance;
  for (int type = 1; type <= v1::TypeInstance_MAX; ++type) {
    const bool conseil = type == v1::TYPE_INSTANCE_CONSEIL_CITOYEN;
    instance.set_type(static_cast<v1::TypeInstance>(type));
    instance.clear_quartiers();
    EXPECT_EQ(Verifier(instance).ok(), !conseil) << type;
    instance.add_quartiers("qpv/qn03401m");
    EXPECT_EQ(Verifier(instance).ok(), conseil) << type;
  }
}

TEST(MembresTest, NoNameIsKeptLongerThanItMay) {
  const types::Date today(2025, 6, 1);
  v1::Instance before;
  AddMember(before, "A", today - 1);
  AddMember(before, "B", today);
  v1::Instance after = before;
  AddMember(after, "C", today + 300);
  ASSERT_TRUE(TrierMembres(&before, today, &after).ok());
  ASSERT_EQ(after.membres_size(), 2);
  EXPECT_EQ(after.membres(0).nom(), "B");
  EXPECT_EQ(after.membres(1).nom(), "C");
}

TEST(MembresTest, ANewNameThatMayNotBeKeptIsRefused) {
  const types::Date today(2025, 6, 1);
  v1::Instance after;
  AddMember(after, "B", today);
  AddMember(after, "A", today - 1);
  const absl::Status refused = TrierMembres(nullptr, today, &after);
  const auto violations = status::ViolationsOf(refused);
  ASSERT_EQ(violations.size(), 1u);
  EXPECT_EQ(violations[0].field, "membres[1].conserver_jusqu_au");
  EXPECT_EQ(violations[0].reason, "CONSERVATION_DEPASSEE");
  EXPECT_EQ(after.membres_size(), 2);
}

TEST(LabelTest, HoldsAtLeastADay) {
  v1::Labellisation label;
  EXPECT_TRUE(Verifier(label).ok());
  *label.mutable_valide_du() = EnMessage(types::Date(2024, 9, 1));
  *label.mutable_valide_au() = EnMessage(types::Date(2024, 8, 31));
  EXPECT_FALSE(Verifier(label).ok());
}

}  // namespace
}  // namespace pdv::contrats
