#include "common/types/identifiants.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "gtest/gtest.h"

namespace pdv::types {
namespace {

TEST(SiretTest, KeysAndLaPosteException) {
  EXPECT_TRUE(VerifierSiret("77554402601284").ok());
  EXPECT_TRUE(VerifierSiret("35600000049837").ok());   // La Poste: digit sum
  EXPECT_FALSE(VerifierSiret("67895644300011").ok());
  EXPECT_FALSE(VerifierSiret("7755440260128").ok());
  EXPECT_FALSE(VerifierSiret("77554402601284 ").ok());
}

TEST(SirenTest, NineDigitsAndLuhn) {
  EXPECT_TRUE(VerifierSiren("243400017").ok());
  EXPECT_FALSE(VerifierSiren("243400018").ok());
  EXPECT_FALSE(VerifierSiren("24340001").ok());
}

TEST(RnaTest, RegistryFormAndWarningOfScdl) {
  EXPECT_TRUE(VerifierRna("W9R1000123").ok());
  EXPECT_TRUE(RnaRefuseParScdl("W9R1000123"));
  EXPECT_FALSE(RnaRefuseParScdl("W135247934"));
}

TEST(OverseasTest, RidetAndTahiti) {
  EXPECT_TRUE(VerifierRidet("0123456001").ok());
  EXPECT_FALSE(VerifierRidet("01234560").ok());
  EXPECT_TRUE(VerifierTahiti("A12345678").ok());
  EXPECT_FALSE(VerifierTahiti("a12345678").ok());
}

TEST(IbanTest, Mod97AndSilence) {
  EXPECT_TRUE(VerifierIban("FR1420041010050500013M02606").ok());
  const absl::Status wrong = VerifierIban("FR1520041010050500013M02606");
  EXPECT_FALSE(wrong.ok());
  EXPECT_EQ(wrong.message().find("20041010050500013M02606"), std::string::npos);
}

TEST(NettoyerSiretTest, ARepairIsProvenByTheKeys) {
  auto spaces = NettoyerSiret("82 212 742 900 014");
  if (VerifierSiret("82212742900014").ok()) {
    ASSERT_TRUE(spaces.ok());
    EXPECT_EQ(spaces->valeur, "82212742900014");
    EXPECT_EQ(spaces->reparations.size(), 1u);
  } else {
    EXPECT_FALSE(spaces.ok());
  }
  EXPECT_EQ(NettoyerSiret("77554402601284.0")->valeur, "77554402601284");
  EXPECT_EQ(NettoyerSiret("775 544 026 01284'")->reparations.size(), 2u);
}

TEST(NettoyerSiretTest, RefusesWhatCannotBeProven) {
  EXPECT_FALSE(NettoyerSiret("2,1750E+13").ok());
  EXPECT_FALSE(NettoyerSiret("227200029").ok());
  EXPECT_FALSE(NettoyerSiret("").ok());
  EXPECT_FALSE(NettoyerSiret("MAIRIE").ok());
}

// The 358 vectors of the open data: each is what the registry, or a publisher, really wrote.
TEST(VecteursTest, EveryVectorIsDecidedAsExpected) {
  const char* root = std::getenv("PDV_DATA");
  std::filesystem::path here = std::filesystem::path(__FILE__).parent_path();
  const std::filesystem::path file =
      (root != nullptr ? std::filesystem::path(root)
                       : here / ".." / ".." / ".." / "shared" / "data") /
      "04_scdl_conformance" / "derive_vecteurs_identifiants.csv";
  std::ifstream in(file);
  if (!in) GTEST_SKIP() << "données ouvertes absentes (PDV_DATA) : " << file;
  std::string line;
  std::getline(in, line);
  int vectors = 0;
  while (std::getline(in, line)) {
    std::istringstream fields(line);
    std::string value, type, expected;
    std::getline(fields, value, ';');
    std::getline(fields, type, ';');
    std::getline(fields, expected, ';');
    const bool valid =
        type == "rna" ? VerifierRna(value).ok() : VerifierSiret(value).ok();
    EXPECT_EQ(valid, expected == "valide") << line;
    ++vectors;
  }
  EXPECT_EQ(vectors, 358);
}

}  // namespace
}  // namespace pdv::types
