#include "services/financement/domain/montants.h"

#include "common/status/error.h"
#include "gtest/gtest.h"

namespace pdv::financement {
namespace {

v1::Ligne Votee(int64_t cents) {
  v1::Ligne ligne;
  ligne.set_financeur("financeurs/etat");
  ligne.set_exercice(2023);
  ligne.set_departement("departements/34");
  ligne.set_enveloppe("enveloppes/e");
  ligne.set_vote_specifiques_centimes(cents);
  return ligne;
}

TEST(VerifierMontantsTest, EachKindOfMoneyIsBoundOnItsOwn) {
  v1::Ligne ligne = Votee(100);
  ligne.set_engage_specifiques_centimes(100);
  ligne.set_paye_specifiques_centimes(100);
  EXPECT_TRUE(VerifierMontants(ligne).ok());
  ligne.set_engage_droit_commun_centimes(1);  // no droit commun was voted
  EXPECT_EQ(status::ReasonOf(VerifierMontants(ligne)), "MONTANT_EXCESSIF");
}

TEST(VerifierVerbeTest, NothingIsNeitherProposedNorVotedNorPaid) {
  const v1::Ligne nothing;
  for (Verbe verbe : {Verbe::kProposer, Verbe::kVoter, Verbe::kEngager, Verbe::kVerser})
    EXPECT_EQ(status::ReasonOf(VerifierVerbe(verbe, nothing, nothing)), "MONTANT_NUL");
  EXPECT_TRUE(VerifierVerbe(Verbe::kRefuser, nothing, nothing).ok());
  EXPECT_TRUE(VerifierVerbe(Verbe::kVoter, nothing, Votee(1)).ok());
}

TEST(VerifierVerbeTest, PaymentsOfEachKindNeverGoDown) {
  v1::Ligne before, after;
  before.set_paye_droit_commun_centimes(10);
  before.set_paye_specifiques_centimes(100);
  after.set_paye_droit_commun_centimes(9);
  after.set_paye_specifiques_centimes(200);
  EXPECT_EQ(status::ReasonOf(VerifierVerbe(Verbe::kVerser, before, after)), "MONTANT_DECROISSANT");
  after.set_paye_droit_commun_centimes(10);
  EXPECT_TRUE(VerifierVerbe(Verbe::kVerser, before, after).ok());
}

TEST(VerifierVerbeTest, APaymentAddsToWhatIsPaidInAll) {
  v1::Ligne before, after;
  EXPECT_EQ(status::ReasonOf(VerifierVerbe(Verbe::kVerser, before, after)), "MONTANT_NUL");
  before.set_paye_specifiques_centimes(100);
  after.set_paye_specifiques_centimes(100);
  const absl::Status again = VerifierVerbe(Verbe::kVerser, before, after);
  EXPECT_EQ(status::ReasonOf(again), "MONTANT_NUL");
  EXPECT_EQ(status::MetadataOf(again, "deja_verse_centimes"), "100");
  EXPECT_EQ(std::string(again.message()),
            "Ce versement n'ajoute rien : le total versé est déjà de 1,00\u00a0€.");
  after.set_paye_droit_commun_centimes(1);
  EXPECT_TRUE(VerifierVerbe(Verbe::kVerser, before, after).ok());
  // What was paid does not come back by a payment of nothing.
  EXPECT_EQ(status::ReasonOf(VerifierVerbe(Verbe::kVerser, before, v1::Ligne())),
            "MONTANT_DECROISSANT");
}

TEST(MemesMontantsTest, WhatIsAskedIsAnAmountAndNotADecision) {
  v1::Ligne a = Votee(5), b = Votee(5);
  EXPECT_TRUE(MemesMontants(a, b));
  b.set_demande_specifiques_centimes(1);
  EXPECT_FALSE(MemesMontants(a, b));
  EXPECT_TRUE(MemesDecisions(a, b));
  b.set_vote_droit_commun_centimes(1);
  EXPECT_FALSE(MemesDecisions(a, b));
}

TEST(ConsommationTest, AeCountsVotesAndCpCountsPayments) {
  v1::Ligne ligne = Votee(100);
  ligne.set_paye_specifiques_centimes(40);
  EXPECT_EQ(Consommation(ligne, v1::NATURE_ENVELOPPE_AE), 100);
  EXPECT_EQ(Consommation(ligne, v1::NATURE_ENVELOPPE_CP), 40);
}

}  // namespace
}  // namespace pdv::financement
