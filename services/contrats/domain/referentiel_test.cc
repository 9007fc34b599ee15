#include "services/contrats/domain/referentiel.h"

#include <map>
#include <set>

#include "common/types/donnees_test.h"
#include "gtest/gtest.h"
#include "services/contrats/domain/thematiques.h"

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

TEST(ReferentielTest, EveryNodeIsPlaced) {
  for (const auto& t : Thematiques()) {
    EXPECT_GE(t.niveau(), 1) << t.name();
    EXPECT_FALSE(t.pilier().empty()) << t.name();
  }
  EXPECT_EQ(ByName().at("nomenclatures/national-2020-2023/thematiques/1-5a").niveau(), 3);
}

TEST(ReferentielTest, EveryNationalNodeIsMappedToAPillarOnce) {
  const auto all = ByName();
  std::set<std::string> names, to_pillars;
  for (const auto& link : Correspondances()) {
    EXPECT_TRUE(names.insert(link.name()).second) << link.name();
    EXPECT_TRUE(all.contains(link.source())) << link.source();
    EXPECT_TRUE(all.contains(link.cible())) << link.cible();
    EXPECT_TRUE(Verifier(link).ok()) << link.name();
    if (link.cible().find("/piliers-") == std::string::npos) continue;
    EXPECT_TRUE(to_pillars.insert(link.source()).second) << link.source();
  }
  size_t national = 0;
  for (const auto& [name, t] : all) national += name.find("/national-") != std::string::npos;
  EXPECT_EQ(national, 49u);
  EXPECT_EQ(to_pillars.size(), national);
}

TEST(ReferentielTest, TheTreeOf2020LeadsToThatOf2024ButForItsSplitRoot) {
  std::set<std::string> without_heir;
  for (const auto& [name, t] : ByName()) {
    if (name.find("/national-2020-2023/") != std::string::npos) without_heir.insert(name);
  }
  for (const auto& link : Correspondances()) {
    if (link.cible().find("/national-2024-2025/") != std::string::npos)
      without_heir.erase(link.source());
  }
  EXPECT_EQ(without_heir, std::set<std::string>{"nomenclatures/national-2020-2023/thematiques/1"});
}

// The national trees are those that the ANCT publishes, to the letter.
TEST(ReferentielTest, TheNationalTreesAreThePublishedOnes) {
  PDV_EXIGER_DONNEES();
  const auto all = ByName();
  size_t read = 0;
  for (const auto& row :
       types::LireDonnees("03_subventions/ci_ville/derive_nomenclature_thematiques.csv", ';')) {
    std::string id = row[1];
    for (char& c : id) c = c == '.' ? '-' : c;
    const auto found = all.find("nomenclatures/national-" + row[0] + "/thematiques/" + id);
    ASSERT_NE(found, all.end()) << row[0] << " " << row[1];
    EXPECT_EQ(found->second.code(), row[1]);
    EXPECT_EQ(found->second.libelle(), row[3]);
    EXPECT_EQ(found->second.niveau() == 1, row[2] == "theme") << row[1];
    ++read;
  }
  EXPECT_EQ(read, 49u);
}

TEST(ReferentielTest, DispositifsBelongToKnownThematiques) {
  const auto all = ByName();
  for (const auto& d : Dispositifs()) {
    EXPECT_TRUE(all.contains(d.thematique())) << d.name();
    EXPECT_FALSE(d.description().empty()) << d.name();
  }
}

}  // namespace
}  // namespace pdv::contrats
