#include "common/types/nom.h"

#include "gtest/gtest.h"

namespace pdv::types {
namespace {

TEST(IdentifiantDeTest, KeepsWhatAnIdMayHold) {
  EXPECT_EQ(IdentifiantDe("Saint-Étienne (42)"), "saint-etienne-42");
  EXPECT_EQ(IdentifiantDe("CŒUR DE LIVRES"), "coeur-de-livres");
  EXPECT_EQ(IdentifiantDe("L'HAŸ-LES-ROSES"), "l-hay-les-roses");
  EXPECT_EQ(IdentifiantDe("E\u0301cole"), "ecole");  // decomposed, as macOS writes
  EXPECT_EQ(IdentifiantDe("  --  "), "");
  EXPECT_EQ(IdentifiantDe(std::string(200, 'a')).size(), 60u);
}

TEST(DernierSegmentTest, IsTheId) {
  EXPECT_EQ(DernierSegment("contrats/cv110"), "cv110");
  EXPECT_EQ(DernierSegment("nation"), "nation");
}

TEST(IdentifiantValideTest, IsWhatServersAccept) {
  for (const char* id : {"cv110", "a", "piliers-2015-2023", "a.b_c~d"})
    EXPECT_TRUE(IdentifiantValide(id)) << id;
  for (const char* id : {"", "-", ".a", "CV110", "é", "a/b", "a b", "*"})
    EXPECT_FALSE(IdentifiantValide(id)) << id;
  EXPECT_TRUE(IdentifiantValide(std::string(100, 'a')));
  EXPECT_FALSE(IdentifiantValide(std::string(101, 'a')));
}

TEST(NomTest, IsJoinedAndReadBack) {
  const std::string name =
      JoindreNom({"nomenclatures", "piliers-2015-2023", "thematiques", "education"});
  EXPECT_EQ(name, "nomenclatures/piliers-2015-2023/thematiques/education");
  EXPECT_EQ(*LireNom(name, "nomenclatures/*/thematiques/*"),
            (std::vector<std::string>{"piliers-2015-2023", "education"}));
}

TEST(NomTest, RefusesWhatDoesNotFitThePattern) {
  for (const char* name : {"", "contrats", "contrats/", "contrats/CV110", "qpv/cv110",
                           "contrats/cv110/", "/contrats/cv110", "contrats/cv110/avenants/1"})
    EXPECT_FALSE(LireNom(name, "contrats/*").ok()) << name;
}

}  // namespace
}  // namespace pdv::types
