#include "services/contrats/domain/etats.h"

#include <map>

#include "common/status/error.h"
#include "gtest/gtest.h"
#include "services/contrats/domain/dates.h"

namespace pdv::contrats {
namespace {

TEST(TransitionTest, EveryStateAndVerbIsWalked) {
  const std::map<std::pair<int, Verbe>, int> legal = {
      {{v1::ETAT_CONTRAT_PROJET, Verbe::kSigner}, v1::ETAT_CONTRAT_SIGNE},
      {{v1::ETAT_CONTRAT_SIGNE, Verbe::kMettreEnVigueur}, v1::ETAT_CONTRAT_EN_VIGUEUR},
      {{v1::ETAT_CONTRAT_EN_VIGUEUR, Verbe::kClore}, v1::ETAT_CONTRAT_CLOS},
  };
  for (int from = 0; from <= v1::EtatContrat_MAX; ++from) {
    for (Verbe verb : {Verbe::kSigner, Verbe::kMettreEnVigueur, Verbe::kClore}) {
      auto to = Transition(static_cast<EtatContrat>(from), verb);
      auto expected = legal.find({from, verb});
      if (expected != legal.end()) {
        ASSERT_TRUE(to.ok());
        EXPECT_EQ(*to, expected->second);
      } else {
        ASSERT_FALSE(to.ok()) << from;
        EXPECT_EQ(status::ReasonOf(to.status()), "TRANSITION_INTERDITE");
      }
    }
  }
}

TEST(EtatSelonDatesTest, TheCalendarTellsTheStateOfARegisteredContrat) {
  Contrat contrat;
  EXPECT_EQ(EtatSelonDates(contrat, types::Date(2020, 1, 1)), v1::ETAT_CONTRAT_SIGNE);
  *contrat.mutable_date_debut() = EnMessage(types::Date(2015, 1, 1));
  *contrat.mutable_date_fin() = EnMessage(types::Date(2023, 12, 31));
  EXPECT_EQ(EtatSelonDates(contrat, types::Date(2014, 12, 31)), v1::ETAT_CONTRAT_SIGNE);
  EXPECT_EQ(EtatSelonDates(contrat, types::Date(2015, 1, 1)), v1::ETAT_CONTRAT_EN_VIGUEUR);
  EXPECT_EQ(EtatSelonDates(contrat, types::Date(2023, 12, 31)), v1::ETAT_CONTRAT_EN_VIGUEUR);
  EXPECT_EQ(EtatSelonDates(contrat, types::Date(2024, 1, 1)), v1::ETAT_CONTRAT_CLOS);
}

TEST(CalendrierTest, VerbsComeInTime) {
  Contrat contrat;
  *contrat.mutable_date_debut() = EnMessage(types::Date(2024, 1, 1));
  *contrat.mutable_date_fin() = EnMessage(types::Date(2030, 12, 31));
  auto reason = [&](Verbe verb, types::Date today) {
    return status::ReasonOf(VerifierCalendrier(contrat, verb, today));
  };
  EXPECT_EQ(reason(Verbe::kMettreEnVigueur, types::Date(2023, 12, 31)), "DATES_INCOHERENTES");
  EXPECT_EQ(reason(Verbe::kMettreEnVigueur, types::Date(2024, 1, 1)), "");
  EXPECT_EQ(reason(Verbe::kClore, types::Date(2030, 12, 31)), "DATES_INCOHERENTES");
  EXPECT_EQ(reason(Verbe::kClore, types::Date(2031, 1, 1)), "");
  EXPECT_EQ(reason(Verbe::kSigner, types::Date(2000, 1, 1)), "");
}

TEST(EstSigneTest, FromTheSignatureOn) {
  EXPECT_FALSE(EstSigne(v1::ETAT_CONTRAT_PROJET));
  for (EtatContrat etat :
       {v1::ETAT_CONTRAT_SIGNE, v1::ETAT_CONTRAT_EN_VIGUEUR, v1::ETAT_CONTRAT_CLOS})
    EXPECT_TRUE(EstSigne(etat)) << etat;
}

}  // namespace
}  // namespace pdv::contrats
