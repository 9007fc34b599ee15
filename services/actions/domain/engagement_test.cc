#include "services/actions/domain/engagement.h"

#include "common/status/error.h"
#include "gtest/gtest.h"
#include "services/actions/domain/dates.h"

namespace pdv::actions {
namespace {

using types::Date;

constexpr Date kAujourdhui(2026, 3, 1);

Retrait Le(Date date) { return {date, date, "Manquement", "paule"}; }

v1::Porteur Association() {
  v1::Porteur porteur;
  porteur.set_name("porteurs/w123456789");
  porteur.set_forme(v1::FORME_PORTEUR_ASSOCIATION);
  return porteur;
}

TEST(EngagementTest, TheLawBindsRequestsFromItsFirstDay) {
  EXPECT_TRUE(VerifierEngagement(Association(), Date(2022, 1, 1)).ok());
  const absl::Status bound = VerifierEngagement(Association(), Date(2022, 1, 2));
  EXPECT_EQ(status::ReasonOf(bound), "CONTRAT_ENGAGEMENT_ABSENT");
  EXPECT_NE(status::MetadataOf(bound, "reference_legale").find("art. 10-1"), std::string::npos);
}

TEST(EngagementTest, AnAssociationIsBoundFromTheDayItSubscribed) {
  v1::Porteur porteur = Association();
  ASSERT_TRUE(Souscrire(Date(2023, 5, 10), "anne", kAujourdhui, &porteur).ok());
  EXPECT_FALSE(VerifierEngagement(porteur, Date(2023, 5, 9)).ok());
  EXPECT_TRUE(VerifierEngagement(porteur, Date(2023, 5, 10)).ok());
}

TEST(EngagementTest, AWithdrawalBlocksFromItsDayUntilANewSubscription) {
  v1::Porteur porteur = Association();
  ASSERT_TRUE(Souscrire(Date(2023, 1, 10), "anne", kAujourdhui, &porteur).ok());
  ASSERT_TRUE(
      Retirer({Date(2023, 6, 1), Date(2023, 7, 1), "Manquement", "paule"}, kAujourdhui, &porteur)
          .ok());
  EXPECT_TRUE(VerifierEngagement(porteur, Date(2023, 5, 31)).ok());
  EXPECT_FALSE(VerifierEngagement(porteur, Date(2023, 6, 1)).ok());
  ASSERT_TRUE(Souscrire(Date(2024, 1, 1), "anne", kAujourdhui, &porteur).ok());
  EXPECT_TRUE(VerifierEngagement(porteur, Date(2024, 1, 1)).ok());
}

TEST(EngagementTest, NoOtherFormIsBound) {
  for (int forme = v1::FORME_PORTEUR_COLLECTIVITE; forme <= v1::FORME_PORTEUR_AUTRE; ++forme) {
    v1::Porteur porteur;
    porteur.set_forme(static_cast<v1::FormePorteur>(forme));
    EXPECT_TRUE(VerifierEngagement(porteur, kAujourdhui).ok()) << forme;
  }
}

TEST(EngagementTest, DatesThatCannotBeAreRefused) {
  v1::Porteur porteur = Association();
  EXPECT_EQ(status::ReasonOf(Retirer(Le(kAujourdhui), kAujourdhui, &porteur)),
            "CONTRAT_ENGAGEMENT_ABSENT");
  for (Date date : {Date(2022, 1, 1), kAujourdhui + 1}) {
    const absl::Status refused = Souscrire(date, "anne", kAujourdhui, &porteur);
    ASSERT_EQ(status::ViolationsOf(refused).size(), 1u);
    EXPECT_EQ(status::ViolationsOf(refused)[0].reason, "DATES_INCOHERENTES");
    EXPECT_FALSE(porteur.has_cer_souscrit_le());
  }
  ASSERT_TRUE(Souscrire(Date(2023, 1, 10), "anne", kAujourdhui, &porteur).ok());
  for (const Retrait& refused :
       {Le(Date(2023, 1, 9)), Le(kAujourdhui + 1),
        Retrait{Date(2023, 2, 1), Date(2023, 1, 31), "Manquement", "paule"},
        Retrait{Date(2023, 2, 1), kAujourdhui + 1, "Manquement", "paule"}}) {
    EXPECT_FALSE(Retirer(refused, kAujourdhui, &porteur).ok());
    EXPECT_FALSE(porteur.has_cer_retire_le());
  }
}

TEST(EngagementTest, AWithdrawalSaysWhoAndWhyAndIsDoneOnce) {
  v1::Porteur porteur = Association();
  ASSERT_TRUE(Souscrire(Date(2023, 1, 10), "anne", kAujourdhui, &porteur).ok());
  EXPECT_EQ(porteur.cer_souscrit_par(), "anne");
  ASSERT_TRUE(Retirer(Le(Date(2023, 2, 1)), kAujourdhui, &porteur).ok());
  EXPECT_EQ(porteur.cer_retire_par(), "paule");
  EXPECT_EQ(porteur.cer_retrait_motif(), "Manquement");
  EXPECT_EQ(status::ReasonOf(Retirer(Le(Date(2023, 3, 1)), kAujourdhui, &porteur)),
            "CONTRAT_ENGAGEMENT_ABSENT");
  ASSERT_TRUE(Souscrire(Date(2024, 1, 10), "anne", kAujourdhui, &porteur).ok());
  EXPECT_FALSE(porteur.has_cer_observations_le());
  EXPECT_EQ(porteur.cer_retrait_motif(), "");
}

}  // namespace
}  // namespace pdv::actions
