#include "services/actions/domain/coherence.h"

#include "common/status/error.h"
#include "gtest/gtest.h"

namespace pdv::actions {
namespace {

google::type::Date D(int y, int m, int d) {
  google::type::Date date;
  date.set_year(y);
  date.set_month(m);
  date.set_day(d);
  return date;
}

TEST(VerifierPorteurTest, TheAnnouncedIdentifierIsThere) {
  v1::Porteur porteur;
  porteur.set_identification(v1::IDENTIFICATION_PORTEUR_SIRET);
  EXPECT_EQ(status::ViolationsOf(VerifierPorteur(porteur))[0].field, "porteur.siret");
  porteur.set_siret("77554402601284");
  EXPECT_TRUE(VerifierPorteur(porteur).ok());
  porteur.set_rna("W123456789");  // an association may have both
  EXPECT_TRUE(VerifierPorteur(porteur).ok());
  porteur.set_identification(v1::IDENTIFICATION_PORTEUR_AUCUNE);
  EXPECT_EQ(status::ViolationsOf(VerifierPorteur(porteur)).size(), 2u);
}

TEST(VerifierActionTest, SharesSumToTheWholeAndNameEachQuartierOnce) {
  v1::Action action;
  EXPECT_TRUE(VerifierAction(action).ok());
  for (int points : {6000, 4000}) {
    auto* part = action.add_quartiers();
    part->set_qpv(points == 6000 ? "qpv/qp034001" : "qpv/qp034002");
    part->set_part_points(points);
  }
  EXPECT_TRUE(VerifierAction(action).ok());
  action.mutable_quartiers(1)->set_qpv("qpv/qp034001");
  action.mutable_quartiers(1)->set_part_points(3999);
  EXPECT_EQ(status::ViolationsOf(VerifierAction(action)).size(), 2u);
}

TEST(VerifierActionTest, AnActionOfOneDayIsFine) {
  v1::Action action;
  *action.mutable_date_debut() = D(2023, 6, 21);
  *action.mutable_date_fin() = D(2023, 6, 21);
  EXPECT_TRUE(VerifierAction(action).ok());
  *action.mutable_date_fin() = D(2023, 6, 20);
  EXPECT_EQ(status::ViolationsOf(VerifierAction(action))[0].reason, "DATES_INCOHERENTES");
}

TEST(VerifierActionTest, EachPartOfThePublicIsToldOnce) {
  v1::Action action;
  for (v1::Sexe sexe : {v1::SEXE_FEMME, v1::SEXE_HOMME}) {
    auto* part = action.add_publics();
    part->set_sexe(sexe);
    part->set_age(v1::TRANCHE_AGE_DE_6_A_15);
    part->set_effectif(12);
    part->set_effectif_qpv(12);
  }
  EXPECT_TRUE(VerifierAction(action).ok());
  action.mutable_publics(1)->set_sexe(v1::SEXE_FEMME);
  action.mutable_publics(1)->set_effectif_qpv(13);
  const auto violations = status::ViolationsOf(VerifierAction(action));
  ASSERT_EQ(violations.size(), 2u);
  EXPECT_EQ(violations[0].field, "action.publics[1]");
  EXPECT_EQ(violations[1].field, "action.publics[1].effectif_qpv");
  EXPECT_EQ(violations[1].reason, "PUBLICS_INCOHERENTS");
}

}  // namespace
}  // namespace pdv::actions
