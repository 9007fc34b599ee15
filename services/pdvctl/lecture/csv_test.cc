#include "services/pdvctl/lecture/csv.h"

#include <gmock/gmock.h>

#include <string>
#include <vector>

namespace pdv::pdvctl {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::SizeIs;

std::vector<EnregistrementCsv> Tout(std::string_view texte, char separateur = ';') {
  LecteurCsv lecteur(texte, separateur);
  std::vector<EnregistrementCsv> sortie;
  while (auto enregistrement = lecteur.Suivant()) sortie.push_back(*std::move(enregistrement));
  return sortie;
}

std::vector<std::string> Textes(const EnregistrementCsv& enregistrement) {
  std::vector<std::string> textes;
  for (const auto& cellule : enregistrement.cellules) textes.push_back(cellule.texte);
  return textes;
}

TEST(Csv, FinsDeLigneMelees) {
  const auto lus = Tout("a;b\r\nc;d\ne;f\rg;h");
  ASSERT_THAT(lus, SizeIs(4));
  EXPECT_THAT(Textes(lus[3]), ElementsAre("g", "h"));
  EXPECT_EQ(lus[1].ligne, 2);
  EXPECT_EQ(lus[3].ligne, 4);
}

TEST(Csv, LaFinDeLigneFinaleNOuvreRien) {
  EXPECT_THAT(Tout("a;b\n"), SizeIs(1));
  EXPECT_THAT(Tout("a;b\n\n"), SizeIs(2));
  EXPECT_THAT(Tout(""), SizeIs(0));
}

TEST(Csv, CellulesVides) {
  EXPECT_THAT(Textes(Tout(";a;")[0]), ElementsAre("", "a", ""));
  EXPECT_TRUE(Tout("; \u00A0;\t\n")[0].EstVide());
  EXPECT_FALSE(Tout(";0;")[0].EstVide());
}

TEST(Csv, GuillemetsDoublesEtFinDeLigneDansUneCellule) {
  const auto lus = Tout("\"dit \"\"oui\"\"\r\net\";2\nsuite;3\n");
  ASSERT_THAT(lus, SizeIs(2));
  EXPECT_THAT(Textes(lus[0]), ElementsAre("dit \"oui\"\r\net", "2"));
  EXPECT_EQ(lus[1].ligne, 3);
}

TEST(Csv, UnGuillemetAuMilieuEstUnCaractere) {
  EXPECT_THAT(Textes(Tout("le \"mas\";2")[0]), ElementsAre("le \"mas\"", "2"));
}

TEST(Csv, GuillemetJamaisRefermeNeCouteQueSaLigne) {
  const auto lus = Tout("a;b\n\"perdu;1\nc;d\n");
  ASSERT_THAT(lus, SizeIs(3));
  EXPECT_THAT(lus[1].motif, HasSubstr("jamais refermé"));
  EXPECT_EQ(lus[1].ligne, 2);
  EXPECT_THAT(Textes(lus[2]), ElementsAre("c", "d"));
  EXPECT_EQ(lus[2].ligne, 3);
}

TEST(Csv, TexteApresLeGuillemetFermant) {
  const auto lus = Tout("\"a\"b;c\nd;e\n");
  ASSERT_THAT(lus, SizeIs(2));
  EXPECT_THAT(lus[0].motif, HasSubstr("guillemet fermant"));
  EXPECT_THAT(Textes(lus[1]), ElementsAre("d", "e"));
}

TEST(Csv, PlaceDesCellulesEnCaracteresEtEnOctets) {
  const std::string texte = "été;\"œ\";x\n";
  const auto lu = Tout(texte)[0];
  EXPECT_EQ(lu.cellules[1].colonne, 5);
  EXPECT_EQ(lu.cellules[2].colonne, 9);
  EXPECT_EQ(texte.substr(lu.cellules[1].debut, lu.cellules[1].fin - lu.cellules[1].debut), "\"œ\"");
}

TEST(Csv, LimitesDeTaille) {
  const std::string large(kColonnesMax + 5, ';');
  const auto lus = Tout(large + "\na;b\n");
  ASSERT_THAT(lus, SizeIs(2));
  EXPECT_THAT(lus[0].motif, HasSubstr("colonnes"));
  EXPECT_THAT(Tout(std::string(kOctetsParCelluleMax + 1, 'x'))[0].motif, HasSubstr("1 Mio"));
  const auto ouverts = Tout("\"a\nb;c\n" + std::string(kOctetsParCelluleMax + 1, 'x') + "\n");
  ASSERT_THAT(ouverts, SizeIs(3));
  EXPECT_THAT(ouverts[0].motif, HasSubstr("pas refermé en 1 Mio"));
  EXPECT_THAT(Textes(ouverts[1]), ElementsAre("b", "c"));
}

}  // namespace
}  // namespace pdv::pdvctl
