#include <gmock/gmock.h>

#include <limits>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>

#include "services/pdvctl/affichage/definitions.h"
#include "services/pdvctl/affichage/largeur.h"
#include "services/pdvctl/affichage/nombres.h"
#include "services/pdvctl/affichage/paragraphe.h"
#include "services/pdvctl/affichage/progression.h"
#include "services/pdvctl/affichage/sortie.h"
#include "services/pdvctl/affichage/tableau.h"
#include "services/pdvctl/affichage/terminal.h"
#include "services/pdvctl/lecture/csv.h"

namespace pdv::pdvctl {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

TEST(Largeur, CompteDesColonnesPasDesOctets) {
  EXPECT_EQ(LargeurAffichee("Éducation"), 9u);
  EXPECT_EQ(LargeurAffichee("e\u0301te\u0301"), 3u) << "accents combinants";
  EXPECT_EQ(LargeurAffichee("日本"), 4u);
  EXPECT_EQ(LargeurAffichee("12 €"), 4u);
}

TEST(Largeur, TronquerNeCoupeJamaisUnCaractere) {
  EXPECT_EQ(Tronquer("Cœur de ville", 5), "Cœur…");
  EXPECT_EQ(Tronquer("Cœur", 4), "Cœur");
  EXPECT_EQ(Tronquer("日本語", 4), "日…");
  EXPECT_EQ(Tronquer("abc", 0), "");
}

TEST(Largeur, LesDonneesNEnvoientPasDeSequenceAuTerminal) {
  EXPECT_EQ(Assainir("a\033[31mb\r\nc\td"), "a\uFFFD[31mb c d");
  EXPECT_EQ(Assainir("\xE9"), "\uFFFD");
}

TEST(Terminal, SansTtyNiCouleurNiLimite) {
  const auto terminal = DeciderTerminal({});
  EXPECT_FALSE(terminal.couleur);
  EXPECT_EQ(terminal.largeur, 0u);
}

TEST(Terminal, NoColorTermDumbEtColumns) {
  EXPECT_TRUE(DeciderTerminal({true, 120}).couleur);
  EXPECT_EQ(DeciderTerminal({true, 120}).largeur, 120u);
  EXPECT_EQ(DeciderTerminal({true, 0}).largeur, 80u);
  EXPECT_EQ(DeciderTerminal({true, 120, "60"}).largeur, 60u);
  EXPECT_EQ(DeciderTerminal({false, 0, "60"}).largeur, 60u);
  EXPECT_EQ(DeciderTerminal({true, 120, "large"}).largeur, 120u);
  EXPECT_EQ(DeciderTerminal({true, 3}).largeur, 40u);
  EXPECT_FALSE(DeciderTerminal({true, 120, nullptr, "1"}).couleur);
  EXPECT_TRUE(DeciderTerminal({true, 120, nullptr, ""}).couleur) << "vide vaut absent";
  EXPECT_FALSE(DeciderTerminal({true, 120, nullptr, nullptr, "dumb"}).couleur);
}

TEST(Nombres, EurosAuCentime) {
  EXPECT_EQ(EurosFr(9261777960), "92\u202F617\u202F779,60\u00A0€");
  EXPECT_EQ(EurosFr(-5), "-0,05\u00A0€");
  EXPECT_EQ(EurosFr(std::numeric_limits<int64_t>::min()),
            "-92\u202F233\u202F720\u202F368\u202F547\u202F758,08\u00A0€");
  EXPECT_EQ(EurosDecimal(9261777960), "92617779.60");
  EXPECT_EQ(EntierFr(1000), "1\u202F000");
  EXPECT_EQ(EntierFr(999), "999");
}

TEST(Nombres, PourcentagesArrondis) {
  EXPECT_EQ(PourcentageFr(2, 3), "66,7\u00A0%");
  EXPECT_EQ(PourcentageFr(1, 2000), "0,1\u00A0%") << "un demi-dixième s'éloigne de zéro";
  EXPECT_EQ(PourcentageFr(-1, 4), "-25,0\u00A0%");
  EXPECT_EQ(PourcentageFr(3, 0), "—");
  EXPECT_EQ(PourcentageFr(1, std::numeric_limits<int64_t>::min()), "0,0\u00A0%");
  EXPECT_EQ(PourcentageFr(std::numeric_limits<int64_t>::max(), 10'000'000'000'000'000),
            "100,0\u00A0%");
}

TEST(Nombres, PointsDureesEtComptes) {
  EXPECT_EQ(PointsFr(1230), "+12,3\u00A0pts");
  EXPECT_EQ(PointsFr(-76), "-0,8\u00A0pt") << "au dixième le plus proche";
  EXPECT_EQ(PointsFr(-45), "-0,5\u00A0pt") << "un demi-dixième s'éloigne de zéro";
  EXPECT_EQ(PointsFr(45), "+0,5\u00A0pt");
  EXPECT_EQ(PointsFr(-4), "0,0\u00A0pt");
  EXPECT_EQ(PointsFr(195), "+2,0\u00A0pts");
  EXPECT_EQ(DureeFr(75), "1\u00A0min\u00A015\u00A0s");
  EXPECT_EQ(CompterFr(0, "ligne", "lignes"), "0 ligne");
  EXPECT_EQ(CompterFr(2, "ligne", "lignes"), "2 lignes");
}

TEST(Tableau, AligneEnColonnesAffichees) {
  Tableau tableau({{"Pilier"}, {"Voté", true}});
  tableau.Ajouter({"Cohésion", "1,00"});
  tableau.Tracer();
  tableau.Ajouter({"Total", "10,00"});
  EXPECT_EQ(tableau.Rendre({}),
            "Pilier     Voté\n"
            "───────────────\n"
            "Cohésion   1,00\n"
            "───────────────\n"
            "Total     10,00\n");
}

TEST(Tableau, LeTexteCedeLesNombresJamais) {
  Tableau tableau({{"Libellé"}, {"Montant", true}});
  tableau.Ajouter({std::string(60, 'x'), "123 456 789,00"});
  const std::string rendu = tableau.Rendre({false, false, 40});
  EXPECT_THAT(rendu, HasSubstr("xxx…  123 456 789,00\n"));
  EXPECT_THAT(rendu, Not(HasSubstr("\033")));
  std::istringstream lignes(rendu);
  for (std::string ligne; std::getline(lignes, ligne);) EXPECT_LE(LargeurAffichee(ligne), 40u);
  EXPECT_THAT(tableau.Rendre({}), HasSubstr(std::string(60, 'x'))) << "un tube ne perd rien";
  EXPECT_THAT(tableau.Rendre({true, true, 80}), HasSubstr("\033[1m"));
}

TEST(Barres, ProportionnellesAvecRepere) {
  const std::string rendu = RendreBarres({{"État", 100, {"100"}, std::nullopt, {}},
                                          {"Région", 50, {"50"}, 80.0, {}},
                                          {"Rien", 0, {"0"}, {}, {}}},
                                         0, {false, false, 40});
  // 40 columns: 6 of label, 3 of text, 4 of margins, 27 of bar.
  std::string plein;
  for (int i = 0; i < 27; ++i) plein += "█";
  EXPECT_THAT(rendu, HasSubstr("État    " + plein + "  100\n"));
  EXPECT_THAT(rendu, HasSubstr("█▌"));
  EXPECT_THAT(rendu, HasSubstr("┊"));
  EXPECT_THAT(rendu, HasSubstr("Rien    " + std::string(27, ' ') + "    0\n"));
}

TEST(Barres, ChaqueTexteASaColonne) {
  const std::string rendu = RendreBarres({{"Cohésion sociale et ce qui s'ensuit",
                                           80,
                                           {"79,2 %", "7 043 344,00 €", "réf. 80,0 %"},
                                           {},
                                           {}},
                                          {"Cadre de vie", 2, {"2,0 %", "178 531,00 €"}, {}, {}}},
                                         100, {false, false, 64});
  std::istringstream lignes(rendu);
  std::string premiere, seconde;
  std::getline(lignes, premiere);
  std::getline(lignes, seconde);
  EXPECT_EQ(LargeurAffichee(premiere), 64u) << "rien n'est replié";
  EXPECT_THAT(premiere, HasSubstr("79,2 %  7 043 344,00 €  réf. 80,0 %"));
  EXPECT_THAT(seconde, HasSubstr(" 2,0 %    178 531,00 €"));
  EXPECT_EQ(LargeurAffichee(premiere.substr(0, premiere.find("  réf."))), LargeurAffichee(seconde));
}

TEST(Barres, ToutAZeroNeDivisePas) {
  EXPECT_THAT(RendreBarres({{"A", 0, {"0"}, {}, {}}}, 0, {}), HasSubstr("A  "));
  EXPECT_EQ(RendreBarres({}, 0, {}), "");
}

class ProgressionTest : public ::testing::Test {
 protected:
  Progression::Horloge Horloge() {
    return [this] { return maintenant_; };
  }
  absl::Time maintenant_ = absl::UnixEpoch();
  std::ostringstream sortie_;
};

TEST_F(ProgressionTest, HorsTerminalUneLigneApresDeuxSecondesPuisToutesLesDix) {
  Progression progression(sortie_, {}, "contrats", 1000, Horloge());
  progression.Avancer(1);
  EXPECT_EQ(sortie_.str(), "");
  maintenant_ += absl::Seconds(2);
  progression.Avancer(250);
  EXPECT_EQ(sortie_.str(),
            "contrats : 250 / 1\u202F000 lignes (25,0\u00A0%), reste environ 6\u00A0s\n");
  maintenant_ += absl::Seconds(9);
  progression.Avancer(300);
  EXPECT_THAT(sortie_.str(), Not(HasSubstr("300")));
  maintenant_ += absl::Seconds(1);
  progression.Avancer(400);
  EXPECT_THAT(sortie_.str(), HasSubstr("400"));
}

TEST_F(ProgressionTest, SurUnTerminalUneBarreQuiSEfface) {
  {
    Progression progression(sortie_, {true, true, 80}, "qpv", 4, Horloge());
    maintenant_ += absl::Milliseconds(200);
    progression.Avancer(2);
    EXPECT_THAT(sortie_.str(), HasSubstr("██████████░░░░░░░░░░ qpv : 2 / 4 lignes"));
  }
  EXPECT_TRUE(sortie_.str().ends_with("\r\033[K"));
}

TEST_F(ProgressionTest, TotalInconnu) {
  Progression progression(sortie_, {}, "qpv", 0, Horloge());
  maintenant_ += absl::Seconds(3);
  progression.Avancer(7);
  EXPECT_EQ(sortie_.str(), "qpv : 7 lignes\n");
}

TEST(Sortie, LeCsvSeRelit) {
  const std::vector<std::string> cellules = {"simple", "a;b", "dit \"oui\"", "deux\nlignes", ""};
  const std::string texte = EnregistrementCsvDe(cellules);
  LecteurCsv lecteur(texte, ';');
  const auto relu = lecteur.Suivant();
  ASSERT_EQ(relu->cellules.size(), cellules.size());
  for (size_t i = 0; i < cellules.size(); ++i) EXPECT_EQ(relu->cellules[i].texte, cellules[i]);
}

TEST(Sortie, LeJsonSurvitAUnOctetEtranger) {
  EXPECT_THAT(TexteJson({{"nom", "caf\xE9"}}), HasSubstr("caf\uFFFD"));
}

TEST(Tableau, UnNomQuOnRetapeNEstJamaisCoupe) {
  Tableau table({{"Dossier", false, true}, {"Intitulé"}});
  table.Ajouter({"2023-cv110-0042", "Ouverture culturelle des collégiens du quartier"});
  Terminal etroit;
  etroit.largeur = 40;
  const std::string rendu = table.Rendre(etroit);
  EXPECT_THAT(rendu, HasSubstr("2023-cv110-0042  Ouverture"));
  EXPECT_THAT(rendu, HasSubstr("…"));
}

TEST(Plier, LaPonctuationFrancaiseResteAvecSonMot) {
  EXPECT_EQ(Plier("conseil citoyen : donne", 16),
            (std::vector<std::string>{"conseil", "citoyen : donne"}));
  EXPECT_EQ(Plier("dit « oui » ou", 9), (std::vector<std::string>{"dit", "« oui »", "ou"}));
  EXPECT_EQ(Plier("reste 12 % de", 10), (std::vector<std::string>{"reste 12 %", "de"}));
  EXPECT_EQ(Plier("décret n° 2016", 9), (std::vector<std::string>{"décret", "n° 2016"}));
  EXPECT_EQ(Plier("à 127.0.0.1 :7400", 12), (std::vector<std::string>{"à 127.0.0.1", ":7400"}));
}

TEST(Paragraphe, SePlieDansLeTerminalAvecSaMarge) {
  Terminal etroit;
  etroit.largeur = 20;
  EXPECT_EQ(Paragraphe("une phrase un peu longue", etroit, 4),
            "    une phrase un\n    peu longue\n");
  EXPECT_EQ(Paragraphe("une phrase un peu longue", {}, 2), "  une phrase un peu longue\n");
}

TEST(Definitions, LeSensSePlieSousLuiMeme) {
  EXPECT_EQ(
      RendreDefinitions({{"mot", "ce que le mot veut dire ici"}, {"un-mot-trop-long", "sens"}}, 24),
      "  mot  ce que le mot\n"
      "       veut dire ici\n"
      "  un-mot-trop-long\n"
      "       sens\n");
  EXPECT_EQ(RendreDefinitions({{"a", "b c"}, {"long", "d"}}, 0), "  a     b c\n  long  d\n");
}

}  // namespace
}  // namespace pdv::pdvctl
