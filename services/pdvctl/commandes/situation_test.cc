#include "services/pdvctl/commandes/situation.h"

#include "gtest/gtest.h"

namespace pdv::pdvctl {
namespace {

namespace v1 = financement::v1;

const absl::CivilDay kAujourdhui(2023, 5, 1);

v1::Ligne Demandee(v1::EtatLigne etat) {
  v1::Ligne line;
  line.set_etat(etat);
  line.mutable_demande_le()->set_year(2023);
  line.mutable_demande_le()->set_month(4);
  line.mutable_demande_le()->set_day(1);
  return line;
}

TEST(DepuisTest, AnUndecidedLineTellsItsAge) {
  for (const v1::EtatLigne etat :
       {v1::ETAT_LIGNE_DEMANDEE, v1::ETAT_LIGNE_PRISE_EN_CHARGE, v1::ETAT_LIGNE_RECEVABLE,
        v1::ETAT_LIGNE_PROPOSEE, v1::ETAT_LIGNE_SANS_REPONSE})
    EXPECT_EQ(Depuis(Demandee(etat), kAujourdhui), "30 jours") << v1::EtatLigne_Name(etat);
}

TEST(DepuisTest, ADecidedLineNoLongerGrowsOld) {
  for (const v1::EtatLigne etat : {v1::ETAT_LIGNE_REFUSEE, v1::ETAT_LIGNE_IRRECEVABLE,
                                   v1::ETAT_LIGNE_VOTEE, v1::ETAT_LIGNE_VERSEE})
    EXPECT_EQ(Depuis(Demandee(etat), kAujourdhui), "") << v1::EtatLigne_Name(etat);
  v1::Ligne voted = Demandee(v1::ETAT_LIGNE_VOTEE);
  voted.mutable_vote_le()->set_year(2023);
  voted.mutable_vote_le()->set_month(4);
  voted.mutable_vote_le()->set_day(20);
  EXPECT_EQ(Depuis(voted, kAujourdhui), "20/04/2023");
}

}  // namespace
}  // namespace pdv::pdvctl
