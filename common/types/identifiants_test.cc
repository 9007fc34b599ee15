#include "common/types/identifiants.h"

#include "gtest/gtest.h"

namespace pdv::types {
namespace {

TEST(SiretTest, KeysAndLaPosteException) {
  EXPECT_TRUE(VerifierSiret("77554402601284").ok());
  EXPECT_TRUE(VerifierSiret("35600000049837").ok());  // La Poste: digit sum
  EXPECT_FALSE(VerifierSiret("67895644300011").ok());
  EXPECT_FALSE(VerifierSiret("7755440260128").ok());
  EXPECT_FALSE(VerifierSiret("77554402601284 ").ok());
  EXPECT_FALSE(VerifierSiret("00000000000000").ok());  // satisfies Luhn, and names nobody
}

TEST(SirenTest, NineDigitsAndLuhn) {
  EXPECT_TRUE(VerifierSiren("243400017").ok());
  EXPECT_FALSE(VerifierSiren("243400018").ok());
  EXPECT_FALSE(VerifierSiren("24340001").ok());
  EXPECT_FALSE(VerifierSiren("000000000").ok());
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

}  // namespace
}  // namespace pdv::types
