#include "services/pdvctl/arguments/arguments.h"

#include <gmock/gmock.h>

#include <string>
#include <vector>

namespace pdv::pdvctl {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

CommandeDeclaree Importer() {
  return {"importer",
          "Importe des fichiers.",
          {{"TYPE", "ce que les fichiers contiennent", true, false, {"qpv", "contrats"}},
           {"FICHIER", "fichiers à lire", true, true, {}}},
          {{"simulation", GenreOption::kDrapeau, "", "n'écrit rien", false, {}},
           {"rapport", GenreOption::kTexte, "FICHIER.json", "rapport pour les machines", false, {}},
           {"parallele", GenreOption::kEntier, "", "flux simultanés", false, {}}},
          {}};
}

CommandeDeclaree Tableau() {
  return {"tableau",
          "Montre le tableau de bord.",
          {},
          {{"contrat", GenreOption::kTexte, "", "un contrat", false, {}},
           {"national", GenreOption::kDrapeau, "", "tout le pays", false, {}},
           {"exercice", GenreOption::kExercices, "", "les exercices", true, {}},
           {"par", GenreOption::kChoix, "", "regroupement", false, {"pilier", "financeur"}}},
          {{"contrat", "national"}}};
}

std::string Erreurs(const CommandeDeclaree& commande, const std::vector<std::string>& mots) {
  const auto lus = Analyser(commande, mots);
  EXPECT_EQ(lus.status().code(), absl::StatusCode::kInvalidArgument);
  return std::string(lus.status().message());
}

TEST(Arguments, PositionsOptionsEtRepetition) {
  const auto lus =
      *Analyser(Importer(), {"qpv", "a.csv", "--simulation", "b.csv", "--parallele=4"});
  EXPECT_EQ(lus.Valeur("TYPE"), "qpv");
  EXPECT_THAT(lus.Valeurs("FICHIER"), ElementsAre("a.csv", "b.csv"));
  EXPECT_TRUE(lus.Drapeau("simulation"));
  EXPECT_EQ(lus.Entier("parallele"), 4);
  EXPECT_EQ(lus.Texte("rapport"), std::nullopt);
  EXPECT_EQ(lus.TexteOu("rapport", "-"), "-");
}

TEST(Arguments, ValeurSepareeParUneEspace) {
  const auto lus = *Analyser(Importer(), {"qpv", "--rapport", "r.json", "a.csv"});
  EXPECT_EQ(lus.Texte("rapport"), "r.json");
  EXPECT_THAT(lus.Valeurs("FICHIER"), ElementsAre("a.csv"));
}

TEST(Arguments, DeuxTiretsFinissentLesOptions) {
  const auto lus = *Analyser(Importer(), {"qpv", "--", "--simulation"});
  EXPECT_THAT(lus.Valeurs("FICHIER"), ElementsAre("--simulation"));
  EXPECT_FALSE(lus.Drapeau("simulation"));
}

TEST(Arguments, ToutesLesViolationsALaFois) {
  EXPECT_EQ(Erreurs(Importer(), {"postes", "--simulatoin", "--parallele=x", "--rapport="}),
            "option inconnue « --simulatoin » : vouliez-vous dire « --simulation » ?\n"
            "--parallele attend un entier, pas « x »\n"
            "--rapport attend une valeur\n"
            "TYPE « postes » inconnu, attendu : qpv, contrats\n"
            "FICHIER manque : fichiers à lire");
}

TEST(Arguments, ObligatoireExclusifEtDeTrop) {
  EXPECT_EQ(Erreurs(Tableau(), {"--contrat=cv110", "--national", "reste"}),
            "« reste » est de trop\n"
            "--exercice manque : les exercices\n"
            "--contrat et --national s'excluent");
}

TEST(Arguments, DoublonsEtValeursDeDrapeau) {
  EXPECT_EQ(Erreurs(Importer(), {"qpv", "a", "--simulation=oui", "--parallele=1", "--parallele=2"}),
            "--simulation ne prend pas de valeur\n--parallele est donnée deux fois");
}

TEST(Arguments, UnTiretSeulOuUneOptionCourteNeTrompePas) {
  EXPECT_THAT(Analyser(Importer(), {"qpv", "-"})->Valeurs("FICHIER"), ElementsAre("-"));
  EXPECT_THAT(Erreurs(Importer(), {"qpv", "a", "-x"}), HasSubstr("option inconnue « -x »"));
  EXPECT_THAT(Erreurs(Importer(), {"qpv", "a", "-s=1"}), HasSubstr("option inconnue « -s »"));
  EXPECT_THAT(Erreurs(Importer(), {"qpv", "a", "---"}), HasSubstr("option inconnue « --- »"));
  EXPECT_THAT(Erreurs(Importer(), {"qpv", "a", "--=1"}), HasSubstr("option inconnue « -- »"));
}

TEST(Arguments, OptionSansValeurAvantUneAutre) {
  EXPECT_THAT(Erreurs(Importer(), {"qpv", "a", "--rapport", "--simulation"}),
              HasSubstr("--rapport attend une valeur"));
}

TEST(Arguments, ExercicesBornesEtOrdre) {
  const auto lus = *Analyser(Tableau(), {"--exercice=2020-2023", "--par=pilier"});
  EXPECT_EQ(lus.LesExercices("exercice")->premier, 2020);
  EXPECT_EQ(lus.LesExercices("exercice")->dernier, 2023);
  EXPECT_EQ(LireExercices("2021")->dernier, 2021);
  for (const char* faux :
       {"2023-2020", "20", "1989", "2101", "2020-", "-2020", "2020-21", "abcd"}) {
    EXPECT_EQ(LireExercices(faux).has_value(), false) << faux;
  }
  EXPECT_THAT(Erreurs(Tableau(), {"--exercice=2020", "--par=couleur"}),
              HasSubstr("--par attend pilier, financeur, pas « couleur »"));
}

TEST(Arguments, LUsageDitTout) {
  const std::string usage = Usage("pdvctl", Tableau());
  EXPECT_THAT(usage, HasSubstr("Usage : pdvctl tableau --exercice=AAAA[-AAAA] [options]\n"));
  EXPECT_THAT(usage, HasSubstr("--par=pilier|financeur"));
  EXPECT_THAT(Usage("pdvctl", Importer()), HasSubstr("pdvctl importer TYPE FICHIER… [options]"));
}

CommandeDeclaree Dossier() {
  return {"dossier",
          "Un dossier.",
          {{"VERBE",
            "ce qu'on en fait",
            true,
            false,
            {"evaluer", "creer"},
            {"les règles qu'il enfreint, toutes à la fois, à un jour donné", "le dépose"}}},
          {{"jour", GenreOption::kTexte, "JOUR", "à quel jour", false, {}}},
          {}};
}

TEST(Arguments, UneOptionRepeteeGardeChaqueValeurDansLOrdre) {
  CommandeDeclaree demander = Dossier();
  demander.options.push_back({"objet", GenreOption::kTexte, "", "ce qui manque", false, {}, true});
  const auto lus = *Analyser(demander, {"evaluer", "--objet=le RIB", "--objet", "la durée"});
  EXPECT_THAT(lus.Textes("objet"), ElementsAre("le RIB", "la durée"));
  EXPECT_EQ(lus.Texte("objet"), "le RIB");
  EXPECT_THAT(lus.Textes("jour"), ElementsAre());
  EXPECT_EQ(Erreurs(demander, {"evaluer", "--objet=a", "--objet=", "--jour=1", "--jour=2"}),
            "--objet attend une valeur\n--jour est donnée deux fois");
  EXPECT_THAT(Usage("pdvctl", demander), HasSubstr("--objet=TEXTE…"));
}

TEST(Arguments, UnVerbeSEcritCommeOnLePrononce) {
  EXPECT_EQ(Analyser(Dossier(), {"évaluer"})->Valeur("VERBE"), "evaluer");
  EXPECT_EQ(Analyser(Dossier(), {"CRÉER"})->Valeur("VERBE"), "creer");
  EXPECT_EQ(Erreurs(Dossier(), {"evaluerr"}),
            "VERBE « evaluerr » inconnu : vouliez-vous dire « evaluer » ?");
  EXPECT_EQ(Erreurs(Dossier(), {"danser"}), "VERBE « danser » inconnu, attendu : evaluer, creer");
  EXPECT_EQ(Erreurs(Dossier(), {}), "VERBE manque : ce qu'on en fait (evaluer, creer)");
}

TEST(Arguments, LUsageDitCeQueFaitChaqueVerbeEtTientDansLeTerminal) {
  EXPECT_EQ(Usage("pdvctl", Dossier(), 40),
            "Un dossier.\n\n"
            "Usage : pdvctl dossier VERBE [options]\n\n"
            "  evaluer  les règles qu'il enfreint,\n"
            "           toutes à la fois, à un jour\n"
            "           donné\n"
            "  creer    le dépose\n\n"
            "  VERBE        ce qu'on en fait\n"
            "  --jour=JOUR  à quel jour\n");
}

TEST(Arguments, LePlusProche) {
  EXPECT_EQ(PlusProche("improter", {"importer", "tableau"}), "importer");
  EXPECT_EQ(PlusProche("xyz", {"importer", "tableau"}), "");
  EXPECT_EQ(PlusProche("", {"ab"}), "");
}

}  // namespace
}  // namespace pdv::pdvctl
