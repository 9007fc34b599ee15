#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <vector>

#include "services/pdvctl/commandes/commande.h"

namespace pdv::pdvctl {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

class CommandesTest : public ::testing::Test {
 protected:
  int Taper(const std::vector<std::string>& mots) {
    sortie_.str("");
    erreurs_.str("");
    Contexte contexte{sortie_, erreurs_, {}, {}};
    return Lancer(mots, Commandes(), contexte);
  }
  std::string Ecrire(const std::string& nom, const std::string& contenu) {
    const auto chemin = std::filesystem::path(::testing::TempDir()) / ("pdvctl_" + nom);
    std::ofstream(chemin, std::ios::binary | std::ios::trunc) << contenu;
    ecrits_.push_back(chemin);
    return chemin.string();
  }
  void TearDown() override {
    for (const auto& chemin : ecrits_) std::filesystem::remove(chemin);
  }
  std::ostringstream sortie_;
  std::ostringstream erreurs_;
  std::vector<std::filesystem::path> ecrits_;
};

TEST_F(CommandesTest, SansCommandeLUsageVaSurLesErreurs) {
  EXPECT_EQ(Taper({}), 2);
  EXPECT_THAT(sortie_.str(), IsEmpty());
  EXPECT_THAT(erreurs_.str(), HasSubstr("Usage : pdvctl <commande>"));
}

TEST_F(CommandesTest, AideEtVersion) {
  EXPECT_EQ(Taper({"aide"}), 0);
  for (const auto& commande : Commandes()) {
    EXPECT_THAT(sortie_.str(), HasSubstr("  " + commande.declaration.nom));
  }
  EXPECT_EQ(Taper({"aide", "examiner"}), 0);
  EXPECT_THAT(sortie_.str(), HasSubstr("pdvctl examiner FICHIER…"));
  EXPECT_EQ(Taper({"examiner", "--aide"}), 0);
  EXPECT_THAT(sortie_.str(), HasSubstr("pdvctl examiner FICHIER…"));
  EXPECT_EQ(Taper({"version"}), 0);
  EXPECT_THAT(sortie_.str(), HasSubstr("pdvctl "));
}

TEST_F(CommandesTest, CommandeInconnue) {
  EXPECT_EQ(Taper({"exminer"}), 2);
  EXPECT_THAT(erreurs_.str(), HasSubstr("vouliez-vous dire « examiner »"));
  EXPECT_EQ(Taper({"aide", "rien"}), 2);
  EXPECT_THAT(sortie_.str(), IsEmpty());
}

TEST_F(CommandesTest, MauvaisUsageListeTout) {
  EXPECT_EQ(Taper({"examiner", "--format=xml"}), 2);
  EXPECT_THAT(erreurs_.str(), HasSubstr("--format attend table, json, csv"));
  EXPECT_THAT(erreurs_.str(), HasSubstr("FICHIER manque"));
}

TEST_F(CommandesTest, LaTableEstCoherente) {
  std::vector<std::string> noms;
  for (const auto& commande : Commandes()) {
    EXPECT_THAT(commande.declaration.resume, ::testing::EndsWith("."));
    EXPECT_THAT(noms, ::testing::Not(::testing::Contains(commande.declaration.nom)));
    noms.push_back(commande.declaration.nom);
    const auto& arguments = commande.declaration.arguments;
    for (size_t i = 0; i + 1 < arguments.size(); ++i) EXPECT_FALSE(arguments[i].repete);
  }
}

TEST_F(CommandesTest, ToutesParlentAuxMachines) {
  for (const auto& commande : Commandes()) {
    const auto& options = commande.declaration.options;
    EXPECT_TRUE(std::any_of(options.begin(), options.end(), [](const OptionDeclaree& option) {
      return option.nom == "format" &&
             std::find(option.choix.begin(), option.choix.end(), "json") != option.choix.end();
    })) << commande.declaration.nom;
  }
}

TEST_F(CommandesTest, UneErreurAussiEstDiteAuxMachines) {
  EXPECT_EQ(Taper({"etat", "--gateway=127.0.0.1:1", "--format=json"}), 2);
  EXPECT_THAT(sortie_.str(), IsEmpty());
  const auto json = nlohmann::json::parse(erreurs_.str());
  EXPECT_EQ(json["code"], "UNAVAILABLE");
  EXPECT_FALSE(json["message"].get<std::string>().empty());
  EXPECT_TRUE(json["violations"].empty());
}

TEST_F(CommandesTest, ExaminerUnFichierSain) {
  EXPECT_EQ(Taper({"examiner", Ecrire("sain.csv", "nom;montant\nA;1\n")}), 0);
  EXPECT_THAT(sortie_.str(), HasSubstr("UTF-8"));
}

TEST_F(CommandesTest, ExaminerDesLignesRefuseesEtDesOctetsAbimes) {
  const std::string chemin = Ecrire("mixte.csv",
                                    "nom,montant\nVend\xE9"
                                    "e,28\u00A0000,00\nVend\u00E9e,5\n");
  EXPECT_EQ(Taper({"examiner", chemin}), 1);
  EXPECT_THAT(sortie_.str(), HasSubstr("1 × 3 cellules pour 2 colonnes, ligne 2"));
  EXPECT_THAT(
      sortie_.str(),
      HasSubstr("1 × octet 0xE9 étranger à l'UTF-8 dans un fichier d'encodage mixte, ligne 2"));
  EXPECT_EQ(Taper({"examiner", "--format=json", chemin}), 1);
  const auto json = nlohmann::json::parse(sortie_.str());
  EXPECT_EQ(json[0]["encodage"], "mixte");
  EXPECT_EQ(json[0]["lues"], 2);
  EXPECT_EQ(json[0]["refusees"], 1);
  EXPECT_EQ(json[0]["dommages"], 1);
  EXPECT_EQ(json[0]["constats"][1]["colonne"], 5);
}

TEST_F(CommandesTest, ExaminerDuJson) {
  EXPECT_EQ(Taper({"examiner", Ecrire("p.json", R"([{"a":1},{"a":[1]}])"), "--format=csv"}), 1);
  EXPECT_THAT(sortie_.str(), HasSubstr(";2;1;"));
}

TEST_F(CommandesTest, RienDeLisible) {
  EXPECT_EQ(Taper({"examiner", "/nulle/part.csv", Ecrire("vide.csv", "")}), 2);
  EXPECT_THAT(sortie_.str(), HasSubstr("n'existe pas"));
  EXPECT_THAT(sortie_.str(), HasSubstr("aucune ligne d'en-tête"));
}

}  // namespace
}  // namespace pdv::pdvctl
