#include "services/actions/domain/engagement.h"

#include "common/status/error.h"
#include "gtest/gtest.h"
#include "services/actions/domain/dates.h"

namespace pdv::actions {
namespace {

using types::Date;

constexpr Date kAujourdhui(2026, 3, 1);
const absl::Time kInstant = absl::FromCivil(absl::CivilHour(kAujourdhui) + 12, absl::UTCTimeZone());

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
  ASSERT_TRUE(Souscrire(Date(2023, 5, 10), "anne", kInstant, &porteur).ok());
  EXPECT_FALSE(VerifierEngagement(porteur, Date(2023, 5, 9)).ok());
  EXPECT_TRUE(VerifierEngagement(porteur, Date(2023, 5, 10)).ok());
}

TEST(EngagementTest, AWithdrawalBlocksFromItsDayUntilANewSubscription) {
  v1::Porteur porteur = Association();
  ASSERT_TRUE(Souscrire(Date(2023, 1, 10), "anne", kInstant, &porteur).ok());
  ASSERT_TRUE(
      Retirer({Date(2023, 6, 1), Date(2023, 7, 1), "Manquement", "paule"}, kInstant, &porteur)
          .ok());
  EXPECT_TRUE(VerifierEngagement(porteur, Date(2023, 5, 31)).ok());
  EXPECT_FALSE(VerifierEngagement(porteur, Date(2023, 6, 1)).ok());
  ASSERT_TRUE(Souscrire(Date(2024, 1, 1), "anne", kInstant, &porteur).ok());
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
  EXPECT_EQ(status::ReasonOf(Retirer(Le(kAujourdhui), kInstant, &porteur)),
            "CONTRAT_ENGAGEMENT_ABSENT");
  for (Date date : {Date(2022, 1, 1), kAujourdhui + 1}) {
    const absl::Status refused = Souscrire(date, "anne", kInstant, &porteur);
    ASSERT_EQ(status::ViolationsOf(refused).size(), 1u);
    EXPECT_EQ(status::ViolationsOf(refused)[0].reason, "DATES_INCOHERENTES");
    EXPECT_FALSE(porteur.has_cer_souscrit_le());
  }
  ASSERT_TRUE(Souscrire(Date(2023, 1, 10), "anne", kInstant, &porteur).ok());
  for (const Retrait& refused :
       {Le(Date(2023, 1, 9)), Le(kAujourdhui + 1),
        Retrait{Date(2023, 2, 1), Date(2023, 1, 31), "Manquement", "paule"},
        Retrait{Date(2023, 2, 1), kAujourdhui + 1, "Manquement", "paule"}}) {
    EXPECT_FALSE(Retirer(refused, kInstant, &porteur).ok());
    EXPECT_FALSE(porteur.has_cer_retire_le());
  }
}

TEST(EngagementTest, AWithdrawalSaysWhoAndWhyAndIsDoneOnce) {
  v1::Porteur porteur = Association();
  ASSERT_TRUE(Souscrire(Date(2023, 1, 10), "anne", kInstant, &porteur).ok());
  EXPECT_EQ(porteur.cer_souscrit_par(), "anne");
  ASSERT_TRUE(Retirer(Le(Date(2023, 2, 1)), kInstant, &porteur).ok());
  EXPECT_EQ(porteur.cer_retire_par(), "paule");
  EXPECT_EQ(porteur.cer_retrait_motif(), "Manquement");
  EXPECT_EQ(status::ReasonOf(Retirer(Le(Date(2023, 3, 1)), kInstant, &porteur)),
            "CONTRAT_ENGAGEMENT_ABSENT");
  ASSERT_TRUE(Souscrire(Date(2024, 1, 10), "anne", kInstant, &porteur).ok());
  EXPECT_FALSE(porteur.has_cer_observations_le());
  EXPECT_EQ(porteur.cer_retrait_motif(), "");
}

TEST(EngagementTest, ANewSubscriptionComesAfterTheWithdrawalAndErasesNothing) {
  v1::Porteur porteur = Association();
  ASSERT_TRUE(Souscrire(Date(2023, 1, 10), "anne", kInstant, &porteur).ok());
  ASSERT_TRUE(
      Retirer({Date(2023, 6, 1), Date(2023, 7, 1), "Manquement", "paule"}, kInstant, &porteur)
          .ok());
  // Neither before the breach, nor on its day, nor before the association was heard.
  for (Date date : {Date(2023, 1, 10), Date(2023, 5, 31), Date(2023, 6, 1), Date(2023, 7, 1)}) {
    const absl::Status refused = Souscrire(date, "anne", kInstant, &porteur);
    ASSERT_EQ(status::ViolationsOf(refused).size(), 1u) << date;
    EXPECT_EQ(status::ViolationsOf(refused)[0].reason, "DATES_INCOHERENTES");
    EXPECT_EQ(porteur.cer_historique_size(), 2);
    EXPECT_TRUE(porteur.has_cer_retire_le());
  }
  ASSERT_TRUE(Souscrire(Date(2023, 7, 2), "alma", kInstant, &porteur).ok());
  EXPECT_EQ(porteur.cer_souscrit_par(), "alma");
  ASSERT_EQ(porteur.cer_historique_size(), 3);
  EXPECT_EQ(porteur.cer_historique(0).acteur(), "anne");
  EXPECT_EQ(porteur.cer_historique(1).nature(), v1::NATURE_FAIT_ENGAGEMENT_RETRAIT);
  EXPECT_EQ(porteur.cer_historique(1).motif(), "Manquement");
  EXPECT_EQ(DateDe(porteur.cer_historique(1).observations_le()), Date(2023, 7, 1));
  EXPECT_TRUE(porteur.cer_historique(2).has_instant());
  // Each day is judged on what held then.
  EXPECT_FALSE(VerifierEngagement(porteur, Date(2023, 1, 9)).ok());
  EXPECT_TRUE(VerifierEngagement(porteur, Date(2023, 1, 10)).ok());
  EXPECT_TRUE(VerifierEngagement(porteur, Date(2023, 5, 31)).ok());
  EXPECT_FALSE(VerifierEngagement(porteur, Date(2023, 6, 1)).ok());
  EXPECT_FALSE(VerifierEngagement(porteur, Date(2023, 7, 1)).ok());
  EXPECT_TRUE(VerifierEngagement(porteur, Date(2023, 7, 2)).ok());
  // Nor does a second subscription go back before the first withdrawal.
  EXPECT_FALSE(Souscrire(Date(2023, 6, 15), "anne", kInstant, &porteur).ok());
}

TEST(EngagementTest, ToSubscribeAgainHidesNoBreach) {
  v1::Porteur porteur = Association();
  ASSERT_TRUE(Souscrire(Date(2023, 1, 10), "anne", kInstant, &porteur).ok());
  ASSERT_TRUE(Souscrire(Date(2024, 1, 10), "alma", kInstant, &porteur).ok());
  EXPECT_EQ(DateDe(porteur.cer_souscrit_le()), Date(2023, 1, 10));
  EXPECT_EQ(porteur.cer_souscrit_par(), "anne");
  EXPECT_EQ(porteur.cer_historique_size(), 2);
  ASSERT_TRUE(Retirer(Le(Date(2023, 6, 1)), kInstant, &porteur).ok());
  // What was subscribed before the decision ends by it, even where its date is later.
  EXPECT_FALSE(VerifierEngagement(porteur, Date(2024, 1, 10)).ok());
}

TEST(EngagementTest, ARecognitionOrAnAgrementSatisfiesIt) {
  v1::Porteur reconnue = Association();
  Ecrire(Date(2023, 5, 10), reconnue.mutable_reconnue_utilite_publique_le());
  EXPECT_FALSE(VerifierEngagement(reconnue, Date(2023, 5, 9)).ok());
  EXPECT_TRUE(VerifierEngagement(reconnue, Date(2023, 5, 10)).ok());
  EXPECT_TRUE(VerifierEngagement(reconnue, kAujourdhui).ok());

  v1::Porteur agreee = Association();
  Ecrire(Date(2023, 5, 10), agreee.mutable_agrement_tronc_commun_le());
  EXPECT_FALSE(VerifierEngagement(agreee, Date(2023, 5, 9)).ok());
  EXPECT_TRUE(VerifierEngagement(agreee, Date(2023, 5, 10)).ok());
  EXPECT_TRUE(VerifierEngagement(agreee, kAujourdhui).ok());
  Ecrire(Date(2025, 5, 9), agreee.mutable_agrement_tronc_commun_jusquau());
  EXPECT_TRUE(VerifierEngagement(agreee, Date(2025, 5, 9)).ok());
  EXPECT_FALSE(VerifierEngagement(agreee, Date(2025, 5, 10)).ok());
}

TEST(EngagementTest, WhatIsDeemedSatisfiedIsWithdrawnToo) {
  for (const bool agreee : {false, true}) {
    v1::Porteur porteur = Association();
    Ecrire(Date(2021, 6, 1), agreee ? porteur.mutable_agrement_tronc_commun_le()
                                    : porteur.mutable_reconnue_utilite_publique_le());
    if (agreee) Ecrire(Date(2024, 5, 31), porteur.mutable_agrement_tronc_commun_jusquau());
    // Neither before the law, nor once its agrément is over.
    EXPECT_EQ(status::ViolationsOf(Retirer(Le(Date(2022, 1, 1)), kInstant, &porteur)).size(), 1u);
    if (agreee) {
      EXPECT_EQ(status::ReasonOf(Retirer(Le(Date(2024, 6, 1)), kInstant, &porteur)),
                "CONTRAT_ENGAGEMENT_ABSENT");
    }
    ASSERT_TRUE(Retirer(Le(Date(2023, 6, 1)), kInstant, &porteur).ok());
    EXPECT_FALSE(porteur.has_cer_souscrit_le());
    EXPECT_EQ(DateDe(porteur.cer_retire_le()), Date(2023, 6, 1));
    ASSERT_EQ(porteur.cer_historique_size(), 1);
    EXPECT_TRUE(VerifierEngagement(porteur, Date(2023, 5, 31)).ok());
    const absl::Status refused = VerifierEngagement(porteur, Date(2023, 6, 1));
    EXPECT_EQ(status::ReasonOf(refused), "CONTRAT_ENGAGEMENT_ABSENT");
    EXPECT_NE(std::string(refused.message()).find("retiré"), std::string::npos) << refused;
    // Once, whichever of its breaches it is for.
    for (Date date : {Date(2023, 5, 1), Date(2023, 6, 1), Date(2023, 7, 1)})
      EXPECT_FALSE(Retirer(Le(date), kInstant, &porteur).ok()) << date;
    ASSERT_TRUE(Souscrire(Date(2024, 1, 10), "anne", kInstant, &porteur).ok());
    EXPECT_FALSE(porteur.has_cer_retire_le());
    EXPECT_TRUE(VerifierEngagement(porteur, Date(2024, 1, 10)).ok());
    // What was withdrawn then is not withdrawn anew, under what is subscribed since.
    EXPECT_FALSE(Retirer(Le(Date(2023, 5, 1)), kInstant, &porteur).ok());
    EXPECT_TRUE(Retirer(Le(Date(2024, 2, 1)), kInstant, &porteur).ok());
  }
}

TEST(EngagementTest, ABreachBeforeASubscriptionIsOneOfWhatWasDeemedSatisfiedThen) {
  v1::Porteur porteur = Association();
  Ecrire(Date(2020, 1, 1), porteur.mutable_reconnue_utilite_publique_le());
  ASSERT_TRUE(Souscrire(Date(2024, 1, 10), "anne", kInstant, &porteur).ok());
  ASSERT_TRUE(Retirer(Le(Date(2023, 6, 1)), kInstant, &porteur).ok());
  EXPECT_TRUE(VerifierEngagement(porteur, Date(2023, 5, 31)).ok());
  for (Date date : {Date(2023, 6, 1), Date(2024, 1, 10)})
    EXPECT_FALSE(VerifierEngagement(porteur, date).ok()) << date;
}

TEST(EngagementTest, AnAgrementThatCameAfterAWithdrawalIsWithdrawnInItsTurn) {
  v1::Porteur porteur = Association();
  ASSERT_TRUE(Souscrire(Date(2023, 1, 10), "anne", kInstant, &porteur).ok());
  ASSERT_TRUE(Retirer(Le(Date(2023, 6, 1)), kInstant, &porteur).ok());
  Ecrire(Date(2024, 1, 1), porteur.mutable_agrement_tronc_commun_le());
  EXPECT_TRUE(VerifierEngagement(porteur, Date(2025, 1, 1)).ok());
  ASSERT_TRUE(Retirer(Le(Date(2025, 1, 1)), kInstant, &porteur).ok());
  EXPECT_EQ(DateDe(porteur.cer_retire_le()), Date(2025, 1, 1));
  EXPECT_EQ(porteur.cer_historique_size(), 3);
  EXPECT_FALSE(VerifierEngagement(porteur, Date(2025, 1, 1)).ok());
}

TEST(EngagementTest, ABreachFoundSinceEndsWhatWasDeemedSatisfied) {
  v1::Porteur porteur = Association();
  Ecrire(Date(2022, 6, 1), porteur.mutable_reconnue_utilite_publique_le());
  ASSERT_TRUE(Souscrire(Date(2023, 1, 10), "anne", kInstant, &porteur).ok());
  ASSERT_TRUE(Retirer(Le(Date(2023, 6, 1)), kInstant, &porteur).ok());
  EXPECT_TRUE(VerifierEngagement(porteur, Date(2023, 5, 31)).ok());
  EXPECT_FALSE(VerifierEngagement(porteur, Date(2023, 6, 1)).ok());
}

}  // namespace
}  // namespace pdv::actions
