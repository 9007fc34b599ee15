#include "services/contrats/domain/thematiques.h"

#include "common/status/error.h"
#include "gtest/gtest.h"
#include "services/contrats/domain/dates.h"

namespace pdv::contrats {
namespace {

v1::Thematique Noeud(const std::string& id) {
  v1::Thematique node;
  node.set_name("nomenclatures/n/thematiques/" + id);
  return node;
}

std::string Raison(const absl::Status& status) {
  const auto violations = status::ViolationsOf(status);
  return violations.empty() ? "" : violations.front().reason;
}

TEST(PlacerThematiqueTest, FourLevelsUnderOnePillar) {
  v1::Thematique root = Noeud("1");
  ASSERT_TRUE(PlacerThematique(nullptr, &root).ok());
  EXPECT_EQ(root.niveau(), 1);
  EXPECT_EQ(root.pilier(), root.name());
  v1::Thematique above = root;
  for (int niveau = 2; niveau <= 4; ++niveau) {
    v1::Thematique node = Noeud("1-" + std::to_string(niveau));
    ASSERT_TRUE(PlacerThematique(&above, &node).ok());
    EXPECT_EQ(node.niveau(), niveau);
    EXPECT_EQ(node.pilier(), root.name());
    above = node;
  }
  v1::Thematique fifth = Noeud("5");
  EXPECT_EQ(Raison(PlacerThematique(&above, &fifth)), "HIERARCHIE_INCOHERENTE");
}

TEST(PlacerThematiqueTest, TheParentIsAnotherNodeOfTheSameNomenclature) {
  v1::Thematique root = Noeud("1"), stranger = Noeud("2");
  ASSERT_TRUE(PlacerThematique(nullptr, &root).ok());
  stranger.set_name("nomenclatures/m/thematiques/2");
  EXPECT_EQ(Raison(PlacerThematique(&root, &stranger)), "HIERARCHIE_INCOHERENTE");
  EXPECT_EQ(Raison(PlacerThematique(&root, &root)), "HIERARCHIE_INCOHERENTE");
}

TEST(CorrespondanceTest, LeadsToAnotherNomenclature) {
  v1::Correspondance link;
  link.set_source("nomenclatures/a/thematiques/1");
  link.set_cible("nomenclatures/b/thematiques/1");
  EXPECT_TRUE(Verifier(link).ok());
  link.set_cible("nomenclatures/a/thematiques/2");
  EXPECT_EQ(Raison(Verifier(link)), "HIERARCHIE_INCOHERENTE");
}

TEST(NomenclatureTest, ServesAtLeastADay) {
  v1::Nomenclature nomenclature;
  EXPECT_TRUE(Verifier(nomenclature).ok());
  *nomenclature.mutable_valide_du() = EnMessage(types::Date(2024, 1, 1));
  *nomenclature.mutable_valide_au() = EnMessage(types::Date(2024, 1, 1));
  EXPECT_EQ(Raison(Verifier(nomenclature)), "DATES_INCOHERENTES");
}

}  // namespace
}  // namespace pdv::contrats
