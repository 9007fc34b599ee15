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

TEST(VerifierDesagregationTest, AxesAreThoseOfTheIndicatorEachOnce) {
  v1::Indicateur indicateur;
  indicateur.add_desagregations("sexe");
  indicateur.add_desagregations("age");
  for (const char* good : {"", "sexe=f", "age=12-17,sexe=h"})
    EXPECT_TRUE(VerifierDesagregation(good, indicateur).ok()) << good;
  for (const char* bad : {"qpv=qp034001", "sexe=f,sexe=h", "age=0-5,qpv=x"}) {
    const absl::Status refused = VerifierDesagregation(bad, indicateur);
    ASSERT_EQ(status::ViolationsOf(refused).size(), 1u) << bad;
    EXPECT_EQ(status::ViolationsOf(refused)[0].reason, "DESAGREGATION_INCONNUE");
  }
}

TEST(VerifierVersionTest, AMeaningChangesWithAHigherVersion) {
  v1::Indicateur before;
  ASSERT_TRUE(VerifierVersion(nullptr, &before).ok());
  EXPECT_EQ(before.version(), 1);
  v1::Indicateur after = before;
  after.set_libelle("Un autre titre");
  EXPECT_TRUE(VerifierVersion(&before, &after).ok());
  after.set_unite("%");
  const absl::Status refused = VerifierVersion(&before, &after);
  EXPECT_EQ(status::ReasonOf(refused), "VERSION_REQUISE");
  after.set_version(2);
  EXPECT_TRUE(VerifierVersion(&before, &after).ok());
  // It never goes back, whatever else stands.
  v1::Indicateur back = after;
  back.set_version(1);
  EXPECT_FALSE(VerifierVersion(&after, &back).ok());
  back.set_version(0);
  EXPECT_TRUE(VerifierVersion(&after, &back).ok());
  EXPECT_EQ(back.version(), 2);
}

TEST(SituationTest, ThePolarityTellsWhichSideIsBetter) {
  struct Cas {
    v1::Polarite polarite;
    const char* ecart;
    v1::Atteinte attendu;
  };
  const Cas cases[] = {
      {v1::POLARITE_CROISSANTE, "0.5", v1::ATTEINTE_ATTEINTE},
      {v1::POLARITE_CROISSANTE, "0", v1::ATTEINTE_ATTEINTE},
      {v1::POLARITE_CROISSANTE, "-0.000001", v1::ATTEINTE_NON_ATTEINTE},
      {v1::POLARITE_DECROISSANTE, "0.5", v1::ATTEINTE_NON_ATTEINTE},
      {v1::POLARITE_DECROISSANTE, "0", v1::ATTEINTE_ATTEINTE},
      {v1::POLARITE_DECROISSANTE, "-3", v1::ATTEINTE_ATTEINTE},
      {v1::POLARITE_NEUTRE, "-3", v1::ATTEINTE_SANS_SENS},
      {v1::POLARITE_UNSPECIFIED, "0", v1::ATTEINTE_SANS_SENS},
  };
  for (const Cas& cas : cases)
    EXPECT_EQ(Situation(cas.polarite, cas.ecart), cas.attendu) << cas.polarite << cas.ecart;
  EXPECT_EQ(Situation(v1::POLARITE_NEUTRE, std::nullopt), v1::ATTEINTE_SANS_MESURE);
}

}  // namespace
}  // namespace pdv::evaluation
