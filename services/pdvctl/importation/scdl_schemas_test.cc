// Each version of the schema SCDL subventions against our reading: a small file made from the schema
// itself is taken, and what breaks one of its constraints is refused, in its column, for its reason.
#include <gmock/gmock.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "services/pdvctl/importation/scdl.h"
#include "services/pdvctl/lecture/donnees_reelles.h"

namespace pdv::pdvctl {
namespace {

using ::testing::HasSubstr;
using Cellules = std::map<std::string, std::string>;

// A row that every version takes.
const Cellules& Bonne() {
  static const Cellules bonne = {{"nomAttribuant", "ANTIBES"},
                                 {"idAttribuant", "21060004500392"},
                                 {"dateConvention", "2017-06-27"},
                                 {"referenceDecision", "C1"},
                                 {"nomBeneficiaire", "CLUB"},
                                 {"idBeneficiaire", "52499120500013"},
                                 {"rnaBeneficiaire", "W333216789"},
                                 {"objet", "Fonctionnement"},
                                 {"montant", "1500.50"},
                                 {"nature", "aide en numéraire"},
                                 {"conditionsVersement", "unique"},
                                 {"datesPeriodeVersement", "2017-01-02/2017-03-08"},
                                 {"idRAE", "12345"},
                                 {"notificationUE", "non"},
                                 {"pourcentageSubvention", "0.25"},
                                 {"dispositifAide", "D1"}};
  return bonne;
}

std::string Ecrire(const std::vector<std::string>& colonnes, const Cellules& row) {
  std::string line;
  for (const std::string& column : colonnes)
    line += (line.empty() ? "" : ",") + ("\"" + row.at(column) + "\"");
  return line + "\n";
}

Rangee LireUne(const std::string& header, const std::string& line) {
  const std::string path = ::testing::TempDir() + "scdl_schema.csv";
  std::ofstream(path) << header << "\n" << line;
  LecteurScdl reader("scdl_schema.csv");
  FichierLu file;
  const std::vector<Rangee> rows = LireRangees(
      path, [&](const Champs& fields) { return reader.Traduire(fields); }, &file,
      [&](const std::vector<std::string>& columns) { return reader.LireEntete(columns); });
  EXPECT_EQ(file.illisible, "");
  EXPECT_EQ(rows.size(), 1u);
  return rows.empty() ? Rangee() : rows[0];
}

// A value that breaks a constraint, and what is then said of it. What an earlier version writes for
// people, and we mend with certainty, breaks none: the values here are beyond it.
struct Faute {
  std::string valeur, motif;
};
std::vector<Faute> Fautes(const nlohmann::json& field) {
  const std::string name = field["name"], type = field["type"];
  const nlohmann::json limits = field.value("constraints", nlohmann::json::object());
  std::vector<Faute> faults;
  if (limits.value("required", false)) faults.push_back({"", "la cellule est obligatoire"});
  if (limits.contains("maxLength")) {
    std::string text;
    for (int i = 0; i < (name == "idRAE" ? 21 : limits["maxLength"].get<int>() + 1); ++i)
      text += "é";  // characters are counted, not bytes
    faults.push_back({text, "caractères"});
  }
  if (limits.contains("enum")) faults.push_back({"prêt", "la nature est"});
  if (limits.contains("pattern")) {
    if (name.starts_with("id")) faults.push_back({"2106000450039", "SIRET"});
    if (name == "rnaBeneficiaire") faults.push_back({"X333216789", "RNA"});
    if (name == "datesPeriodeVersement") faults.push_back({"2017", "la période s'écrit"});
  }
  if (limits.contains("minimum")) faults.push_back({"-0.01", "la part"});
  if (limits.contains("maximum")) faults.push_back({"1.01", "la part va de"});
  if (type == "number") faults.push_back({"beaucoup", name == "montant" ? "montant" : "la part"});
  if (type == "date") faults.push_back({"mars 2017", ""});
  if (type == "boolean") faults.push_back({"peut-être", "« oui » ou « non »"});
  return faults;
}

class ScdlSchema : public ::testing::TestWithParam<const char*> {};

TEST_P(ScdlSchema, WhatItTakesIsTakenAndWhatItRefusesIsRefusedInItsColumn) {
  PDV_EXIGER_DONNEES_REELLES();
  const std::string path = DossierDonneesReelles() + "/04_scdl_conformance/schemas/subventions-" +
                           GetParam() + ".schema.json";
  std::ifstream file(path);
  ASSERT_TRUE(file.good()) << path;
  const nlohmann::json schema = nlohmann::json::parse(file);
  std::vector<std::string> columns;
  std::string header;
  for (const nlohmann::json& field : schema["fields"]) {
    columns.push_back(field["name"]);
    ASSERT_TRUE(Bonne().contains(columns.back())) << columns.back();
    header += (header.empty() ? "" : ",") + columns.back();
  }
  const Rangee good = LireUne(header, Ecrire(columns, Bonne()));
  ASSERT_NE(good.ressource, nullptr) << GetParam();
  EXPECT_EQ(good.centimes, 1500'50);
  EXPECT_TRUE(good.avertissements.empty());

  int faults = 0;
  for (const nlohmann::json& field : schema["fields"]) {
    const std::string name = field["name"];
    for (const Faute& fault : Fautes(field)) {
      SCOPED_TRACE(name + " : « " + fault.valeur + " »");
      Cellules row = Bonne();
      row[name] = fault.valeur;
      const Rangee bad = LireUne(header, Ecrire(columns, row));
      ++faults;
      ASSERT_EQ(bad.rejets.size(), 1u);
      EXPECT_EQ(bad.rejets[0].champ, name);
      EXPECT_EQ(bad.rejets[0].valeur, fault.valeur);
      EXPECT_THAT(bad.rejets[0].motif, HasSubstr(fault.motif));
    }
  }
  EXPECT_GE(faults, 20);
  // The custom checks of the schemas: the keys of a SIRET, and one identifier at least.
  Cellules row = Bonne();
  row["idAttribuant"] = "21060004500393";
  EXPECT_EQ(LireUne(header, Ecrire(columns, row)).rejets.size(), 1u);
  row = Bonne();
  row["idBeneficiaire"] = row["rnaBeneficiaire"] = "";
  const Rangee nobody = LireUne(header, Ecrire(columns, row));
  ASSERT_EQ(nobody.rejets.size(), 1u);
  EXPECT_EQ(nobody.rejets[0].champ, "idBeneficiaire");
}

INSTANTIATE_TEST_SUITE_P(Versions, ScdlSchema,
                         ::testing::Values("1.1.0", "2.0.0", "2.0.1", "2.0.2", "2.1.0", "2.1.1"),
                         [](const auto& info) {
                           std::string name = info.param;
                           std::replace(name.begin(), name.end(), '.', '_');
                           return "V" + name;
                         });

// The form of the arrêté du 17 novembre 2017: the titles of its annex, and periods with "_".
TEST(ScdlReglementaire, TheTitlesOfTheAnnexAreItsColumns) {
  const std::string header =
      "\"Nom de l'attribuant\",\"Identification de l'attribuant\",\"Date de la convention de "
      "subvention\",\"Référence de la décision\",\"Nom du bénéficiaire\",\"Identification du "
      "bénéficiaire\",\"Objet de la subvention\",\"Montant total de la subvention\",\"Nature de la "
      "subvention\",\"Conditions de versement de la subvention\",\"Date ou période de "
      "versement\",\"Identifiant RAE de l'aide au titre de laquelle la subvention est "
      "attribuée\",\"Aide d'Etat notifiée à la Commission Européenne\",\"Pourcentage du montant "
      "total de la subvention attribuée au bénéficiaire\"";
  const std::vector<std::string> columns = {
      "nomAttribuant",   "idAttribuant",        "dateConvention",        "referenceDecision",
      "nomBeneficiaire", "idBeneficiaire",      "objet",                 "montant",
      "nature",          "conditionsVersement", "datesPeriodeVersement", "idRAE",
      "notificationUE",  "pourcentageSubvention"};
  Cellules row = Bonne();
  row["datesPeriodeVersement"] = "2017-01-02_2017-03-08";
  const Rangee good = LireUne(header, Ecrire(columns, row));
  ASSERT_NE(good.ressource, nullptr);
  const auto& read = static_cast<const financement::v1::Subvention&>(*good.ressource);
  EXPECT_EQ(read.periode_versement(), "2017-01-02/2017-03-08");
  EXPECT_EQ(read.part_points(), 2500);
  EXPECT_TRUE(good.avertissements.empty());
  row["montant"] = "";
  const Rangee bad = LireUne(header, Ecrire(columns, row));
  ASSERT_EQ(bad.rejets.size(), 1u);
  EXPECT_EQ(bad.rejets[0].champ, "Montant total de la subvention");
  EXPECT_EQ(bad.rejets[0].motif, "la cellule est obligatoire");
}

}  // namespace
}  // namespace pdv::pdvctl
