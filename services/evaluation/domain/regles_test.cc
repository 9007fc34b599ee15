#include "services/evaluation/domain/regles.h"

#include "common/status/error.h"
#include "gtest/gtest.h"

namespace pdv::evaluation {
namespace {

v1::Mesure Connue(const char* value) {
  v1::Mesure mesure;
  mesure.set_statut(v1::STATUT_MESURE_CONNUE);
  mesure.set_valeur(value);
  mesure.mutable_debut()->set_year(2021);
  mesure.mutable_debut()->set_month(1);
  mesure.mutable_debut()->set_day(1);
  *mesure.mutable_fin() = mesure.debut();
  mesure.mutable_fin()->set_year(2022);
  return mesure;
}

TEST(VerifierMesureTest, UnknownNotApplicableAndZeroAreThreeThings) {
  EXPECT_TRUE(VerifierMesure(Connue("0")).ok());
  EXPECT_FALSE(VerifierMesure(Connue("")).ok());
  for (auto statut : {v1::STATUT_MESURE_INCONNUE, v1::STATUT_MESURE_NON_APPLICABLE}) {
    v1::Mesure mesure = Connue("0");
    mesure.set_statut(statut);
    EXPECT_FALSE(VerifierMesure(mesure).ok());
    mesure.clear_valeur();
    EXPECT_TRUE(VerifierMesure(mesure).ok());
  }
}

TEST(VerifierMesureTest, ThePeriodEndsAfterItBegins) {
  v1::Mesure mesure = Connue("");
  *mesure.mutable_fin() = mesure.debut();
  EXPECT_EQ(status::ViolationsOf(VerifierMesure(mesure)).size(), 2u);
}

TEST(DifferenceTest, IsExact) {
  EXPECT_EQ(Difference("12.5", "7.25"), "5.25");
  EXPECT_EQ(Difference("0.1", "0.3"), "-0.2");
  EXPECT_EQ(Difference("7", "7.000000"), "0");
  EXPECT_EQ(Difference("999999999999999.999999", "-0.000001"), "1000000000000000");
  EXPECT_EQ(Difference("-12", "3"), "-15");
}

TEST(DifferenceTest, RefusesWhatIsNotADecimal) {
  for (const char* text : {"", ".", "1.", "a", "1.2.3", "1.1234567", "--1", "1e3"})
    EXPECT_FALSE(Difference(text, "1").has_value()) << text;
}

}  // namespace
}  // namespace pdv::evaluation
