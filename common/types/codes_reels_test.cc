// Every code of the national reference, read by the rules that will guard the imports.
#include <map>

#include "common/types/codes.h"
#include "common/types/donnees_test.h"
#include "common/types/nom.h"
#include "gtest/gtest.h"

namespace pdv::types {
namespace {

TEST(CodesReelsTest, The1584QpvOf2024AndTheirCommunes) {
  PDV_EXIGER_DONNEES();
  const auto rows = LireDonnees("01_qpv/derive_qpv_2024_liste.csv", ';');
  EXPECT_EQ(rows.size(), 1584u);
  for (const auto& row : rows) {
    EXPECT_TRUE(VerifierQpv(row[0]).ok()) << row[0];
    const std::string id = IdentifiantDe(row[1]);
    EXPECT_TRUE(IdentifiantValide(id)) << row[1] << " -> " << id;
  }
}

TEST(CodesReelsTest, TheContractsOfBothGenerations) {
  PDV_EXIGER_DONNEES();
  const std::pair<const char*, size_t> files[] = {
      {"02_contrats_de_ville/derive_contrats_2015_2023.csv", 434},
      {"02_contrats_de_ville/derive_contrats_2024_2030.csv", 448}};
  for (const auto& [file, count] : files) {
    const auto rows = LireDonnees(file, ';');
    EXPECT_EQ(rows.size(), count) << file;
    for (const auto& row : rows) EXPECT_TRUE(VerifierCodeContrat(row[0]).ok()) << row[0];
  }
}

TEST(CodesReelsTest, EveryCommuneIsOfItsDepartement) {
  PDV_EXIGER_DONNEES();
  size_t communes = 0;
  for (const auto& row : LireDonnees("05_referentiels/communes.csv", ',')) {
    EXPECT_TRUE(VerifierCommune(row[1]).ok()) << row[1];
    if (row[0] != "COM") continue;  // delegated communes and arrondissements carry no département
    EXPECT_EQ(DepartementDe(row[1]), row[3]) << row[1];
    ++communes;
  }
  EXPECT_GT(communes, 34'000u);
}

// The publisher ran codes together (PROVENANCE.md): each is told, none is chosen.
TEST(CodesReelsTest, CodesRunTogetherInTheFundingOfPosts) {
  PDV_EXIGER_DONNEES();
  std::map<std::string, int> together;
  constexpr std::string_view kKey = "\"code_cv\":\"";
  for (const auto& file :
       std::filesystem::directory_iterator(DossierDonnees() / "03_subventions/ci_ville")) {
    if (file.path().extension() != ".json") continue;
    std::ifstream in(file.path());
    const std::string text((std::istreambuf_iterator<char>(in)), {});
    for (size_t at = 0; (at = text.find(kKey, at)) != std::string::npos;) {
      at += kKey.size();
      const std::string code = text.substr(at, text.find('"', at) - at);
      if (VerifierCodeContrat(code).ok()) continue;
      EXPECT_EQ(DecouperCodesContrat(code).size(), 2u) << code;
      ++together[code];
    }
  }
  EXPECT_EQ(together, (std::map<std::string, int>{
                          {"CV380CV384", 238}, {"CV382CV384", 26}, {"CV383CV384", 26}}));
}

}  // namespace
}  // namespace pdv::types
