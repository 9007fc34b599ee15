#include "services/pdvctl/rapport/rapport.h"

#include <gmock/gmock.h>

#include <nlohmann/json.hpp>
#include <string>

namespace pdv::pdvctl {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

Constat CodeColle(int64_t ligne) {
  return {ligne, 6, "code_cv", "CV049CV050", "deux codes de contrat collés"};
}

RapportImport Exemple() {
  RapportImport rapport("postes", false);
  rapport.OuvrirFichier({"data/postes.json", "UTF-8", "", {}, ""});
  for (int i = 0; i < 10; ++i) rapport.Lire();
  rapport.Accepter(IssueLigne::kCreee);
  rapport.Accepter(IssueLigne::kMiseAJour);
  rapport.Accepter(IssueLigne::kInchangee, {{3, 2, "code_tiers", "7 755", "espaces retirées"},
                                            {3, 4, "annee", "2020", "année en nombre"}});
  for (int i = 0; i < 7; ++i) rapport.Rejeter({CodeColle(4 + i)});
  rapport.Ajouter("montant voté", 1987506);
  rapport.Ajouter("montant voté", 4);
  return rapport;
}

TEST(Rapport, ImporteesPlusRejeteesEgaleLues) {
  auto rapport = Exemple();
  EXPECT_TRUE(rapport.Verifier().ok()) << rapport.Verifier();
  EXPECT_EQ(rapport.importees(), 3);
  EXPECT_EQ(rapport.reparees(), 1) << "une ligne réparée compte une fois";
  rapport.Lire();
  EXPECT_EQ(rapport.Verifier().code(), absl::StatusCode::kInternal) << "une ligne sans issue";
  rapport.Accepter(IssueLigne::kCreee);
  EXPECT_TRUE(rapport.Verifier().ok());
  rapport.Accepter(IssueLigne::kCreee);
  EXPECT_FALSE(rapport.Verifier().ok()) << "une ligne à deux issues";
}

TEST(Rapport, CodesDeSortie) {
  RapportImport rapport("qpv", false);
  EXPECT_EQ(rapport.CodeSortie(), 2);
  rapport.OuvrirFichier({"a.csv", "UTF-8", ";", {}, ""});
  rapport.Lire();
  rapport.Accepter(IssueLigne::kInchangee);
  EXPECT_EQ(rapport.CodeSortie(), 0);
  rapport.OuvrirFichier({"b.csv", "", "", {}, "n'existe pas"});
  EXPECT_EQ(rapport.CodeSortie(), 1) << "un fichier illisible parmi d'autres";
  EXPECT_EQ(Exemple().CodeSortie(), 1);
}

TEST(Rapport, LeTexteGroupeLesMotifsIdentiques) {
  const std::string texte = Exemple().EnTexte({});
  EXPECT_THAT(texte, HasSubstr("7 × code_cv : deux codes de contrat collés (« CV049CV050 » par "
                               "exemple), lignes 4, 5, 6, 7, 8…\n"));
  EXPECT_THAT(texte, HasSubstr("1 × annee : année en nombre (« 2020 »), ligne 3\n"));
  EXPECT_THAT(texte, AllOf(HasSubstr("data/postes.json (UTF-8)"), Not(HasSubstr("\033"))));
  EXPECT_THAT(texte, HasSubstr("19\u202F875,10\u00A0€"));
}

TEST(Rapport, UnMotifSePlieDansUnTerminalEtroit) {
  Terminal etroit;
  etroit.largeur = 60;
  EXPECT_THAT(Exemple().EnTexte(etroit),
              HasSubstr("  7 × code_cv : deux codes de contrat collés\n"
                        "    (« CV049CV050 » par exemple), lignes 4, 5, 6, 7, 8…\n"));
}

TEST(Rapport, UnMotifQuiEstUnePhraseSeContinue) {
  RapportImport rapport("scdl", false);
  rapport.OuvrirFichier({"a.csv", "UTF-8", ";", {}, ""});
  rapport.Lire();
  rapport.Rejeter({{2, 1, "siret", "123", "un SIRET a 14 chiffres."}});
  EXPECT_THAT(rapport.EnTexte({}),
              HasSubstr("siret : un SIRET a 14 chiffres (« 123 »), ligne 2\n"));
}

TEST(Rapport, PlusieursFichiersSontNommesDevantLaLigne) {
  RapportImport rapport("postes", true);
  rapport.OuvrirFichier({"x/a.csv", "UTF-8", ";", {}, ""});
  rapport.Lire();
  rapport.Rejeter({CodeColle(2)});
  rapport.OuvrirFichier({"x/b.csv", "CP1252", "\t", {"la marque est contredite"}, ""});
  rapport.Lire();
  rapport.Rejeter({CodeColle(9)});
  const std::string texte = rapport.EnTexte({});
  EXPECT_THAT(texte, HasSubstr("lignes a.csv:2, b.csv:9\n"));
  EXPECT_THAT(texte, HasSubstr("x/b.csv (CP1252, séparateur « tabulation »)"));
  EXPECT_THAT(texte, HasSubstr("attention : la marque est contredite"));
  EXPECT_THAT(texte, HasSubstr("simulation"));
}

TEST(Rapport, UneValeurHostileNeSortPasTelleQuelle) {
  RapportImport rapport("postes", false);
  rapport.Lire();
  rapport.Rejeter({{1, 1, "nom", "a\033[2J\nb", "nom refusé"}});
  EXPECT_THAT(rapport.EnTexte({}), Not(HasSubstr("\033")));
}

TEST(Rapport, JsonPourLesMachines) {
  const auto json = Exemple().EnJson();
  EXPECT_EQ(json["lues"], 10);
  EXPECT_EQ(json["rejetees"], 7);
  EXPECT_EQ(json["reparees"], 1);
  EXPECT_EQ(json["totaux"][0]["centimes"], 1987510);
  EXPECT_EQ(json["rejets"].size(), 7u);
  EXPECT_EQ(json["rejets"][0]["ligne"], 4);
  EXPECT_EQ(json["rejets"][0]["colonne"], 6);
  EXPECT_EQ(json["rejets"][0]["valeur"], "CV049CV050");
  EXPECT_EQ(json["rejets"][0]["fichier"], "data/postes.json");
  EXPECT_EQ(json["avertissements"].size(), 2u);
  EXPECT_EQ(json["code_sortie"], 1);
}

TEST(Rapport, AuDelaDeLaLimiteLesConstatsSeComptent) {
  RapportImport rapport("postes", false);
  for (size_t i = 0; i < RapportImport::kConstatsGardes + 3; ++i) {
    rapport.Lire();
    rapport.Rejeter({CodeColle(1)});
  }
  EXPECT_TRUE(rapport.Verifier().ok());
  EXPECT_EQ(rapport.EnJson()["constats_omis"], 3);
  EXPECT_EQ(rapport.EnJson()["rejets"].size(), RapportImport::kConstatsGardes);
}

}  // namespace
}  // namespace pdv::pdvctl
