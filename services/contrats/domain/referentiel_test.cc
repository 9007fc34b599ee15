#include "services/contrats/domain/referentiel.h"

#include <map>
#include <set>

#include "gtest/gtest.h"

namespace pdv::contrats {
namespace {

std::map<std::string, v1::Thematique> ByName() {
  std::map<std::string, v1::Thematique> all;
  for (const auto& t : Thematiques()) EXPECT_TRUE(all.emplace(t.name(), t).second) << t.name();
  return all;
}

TEST(ReferentielTest, TheFoundingDocumentGivesTheSharesOfTwoPillars) {
  const auto all = ByName();
  EXPECT_EQ(all.at("nomenclatures/piliers-2015-2023/thematiques/cohesion-sociale")
                .part_reference_points(),
            8000);
  EXPECT_EQ(
      all.at("nomenclatures/piliers-2015-2023/thematiques/cadre-de-vie").part_reference_points(),
      200);
  EXPECT_TRUE(
      all.at("nomenclatures/piliers-2015-2023/thematiques/valeurs-republique").transversale());
}

TEST(ReferentielTest, ParentsComeFirstAndRootsArePillars) {
  std::set<std::string> seen;
  for (const auto& t : Thematiques()) {
    if (t.parent().empty()) {
      EXPECT_EQ(t.pilier(), t.name());
      EXPECT_EQ(t.niveau(), 1);
    } else {
      EXPECT_TRUE(seen.contains(t.parent())) << t.name();
    }
    seen.insert(t.name());
  }
}

TEST(ReferentielTest, EveryNationalNodeIsMappedToAPillarOnce) {
  const auto all = ByName();
  std::set<std::string> mapped;
  for (const auto& link : Correspondances()) {
    EXPECT_TRUE(all.contains(link.source())) << link.source();
    EXPECT_TRUE(all.contains(link.cible())) << link.cible();
    EXPECT_TRUE(mapped.insert(link.source()).second) << link.source();
  }
  size_t national = 0;
  for (const auto& [name, t] : all) national += name.find("/national-") != std::string::npos;
  EXPECT_EQ(national, 49u);
  EXPECT_EQ(mapped.size(), national);
}

TEST(ReferentielTest, DispositifsBelongToKnownThematiques) {
  const auto all = ByName();
  for (const auto& d : Dispositifs()) EXPECT_TRUE(all.contains(d.thematique())) << d.name();
}

}  // namespace
}  // namespace pdv::contrats
