#include "services/actions/domain/regles.h"

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

class DepotTest : public ::testing::Test {
 protected:
  DepotTest() {
    porteur_.set_forme(v1::FORME_PORTEUR_ASSOCIATION);
    *porteur_.mutable_cer_souscrit_le() = D(2022, 1, 2);
    *contrat_.mutable_date_debut() = D(2015, 1, 1);
    *contrat_.mutable_date_fin() = D(2023, 12, 31);
    action_.set_thematique("nomenclatures/piliers-2015-2023/thematiques/education");
    *action_.mutable_date_debut() = D(2023, 1, 1);
    *action_.mutable_date_fin() = D(2023, 12, 31);
  }
  absl::Status Deposer(types::Date today) {
    return VerifierDepot(action_, porteur_, &contrat_, today);
  }
  v1::Porteur porteur_;
  v1::Action action_;
  contrats::v1::Contrat contrat_;
};

TEST_F(DepotTest, AnAssociationIsBoundFromTheDayItSubscribed) {
  EXPECT_TRUE(Deposer(types::Date(2022, 1, 2)).ok());
  const absl::Status before = Deposer(types::Date(2022, 1, 1));
  EXPECT_EQ(status::ReasonOf(before), "CONTRAT_ENGAGEMENT_ABSENT");
  EXPECT_NE(status::MetadataOf(before, "reference_legale").find("10-1"), std::string::npos);
}

TEST_F(DepotTest, AWithdrawnEngagementBlocksFromThatDay) {
  *porteur_.mutable_cer_retire_le() = D(2022, 6, 1);
  EXPECT_TRUE(Deposer(types::Date(2022, 5, 31)).ok());
  EXPECT_FALSE(Deposer(types::Date(2022, 6, 1)).ok());
}

TEST_F(DepotTest, ACollectiviteHasNoSuchDuty) {
  porteur_.Clear();
  porteur_.set_forme(v1::FORME_PORTEUR_COLLECTIVITE);
  EXPECT_TRUE(Deposer(types::Date(2022, 1, 1)).ok());
}

TEST_F(DepotTest, TheActionLiesInItsContrat) {
  *action_.mutable_date_debut() = D(2024, 1, 1);
  *action_.mutable_date_fin() = D(2024, 2, 1);
  EXPECT_EQ(status::ReasonOf(Deposer(types::Date(2023, 1, 1))), "ACTION_INCOMPLETE");
  EXPECT_FALSE(VerifierDepot(action_, porteur_, nullptr, types::Date(2023, 1, 1)).ok());
}

}  // namespace
}  // namespace pdv::actions
