#include "services/financement/domain/montants.h"

#include "common/status/error.h"
#include "gtest/gtest.h"

namespace pdv::financement {
namespace {

v1::Enveloppe Ae(int64_t montant, int64_t consomme) {
  v1::Enveloppe enveloppe;
  enveloppe.set_name("enveloppes/e");
  enveloppe.set_financeur("financeurs/etat");
  enveloppe.set_exercice(2023);
  enveloppe.set_perimetre("departements/34");
  enveloppe.set_nature(v1::NATURE_ENVELOPPE_AE);
  enveloppe.set_montant_centimes(montant);
  enveloppe.set_consomme_centimes(consomme);
  return enveloppe;
}

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

TEST(ImputerTest, TakesToTheLastCentAndNotOneMore) {
  v1::Enveloppe enveloppe = Ae(1000, 900);
  EXPECT_TRUE(Imputer(nullptr, Votee(100), enveloppe).ok());
  EXPECT_EQ(enveloppe.consomme_centimes(), 1000);
  const absl::Status refused = Imputer(nullptr, Votee(1), enveloppe);
  EXPECT_EQ(status::ReasonOf(refused), "ENVELOPPE_INSUFFISANTE");
  EXPECT_EQ(status::MetadataOf(refused, "reste_centimes"), "0");
  EXPECT_EQ(enveloppe.consomme_centimes(), 1000);
}

TEST(ImputerTest, OnlyTheDifferenceIsTaken) {
  v1::Enveloppe enveloppe = Ae(1000, 600);
  const v1::Ligne before = Votee(600);
  EXPECT_TRUE(Imputer(&before, Votee(1000), enveloppe).ok());
  EXPECT_EQ(enveloppe.consomme_centimes(), 1000);
  const v1::Ligne large = Votee(1000);
  EXPECT_TRUE(Imputer(&large, Votee(0), enveloppe).ok());
  EXPECT_EQ(enveloppe.consomme_centimes(), 0);
}

TEST(ImputerTest, AnEnvelopeServesItsFunderItsExerciceAndItsPerimeter) {
  v1::Enveloppe enveloppe = Ae(1000, 0);
  enveloppe.set_exercice(2022);
  EXPECT_EQ(status::ReasonOf(Imputer(nullptr, Votee(1), enveloppe)), "ENVELOPPE_INCOHERENTE");
  enveloppe = Ae(1000, 0);
  enveloppe.set_financeur("financeurs/region");
  EXPECT_EQ(status::ReasonOf(Imputer(nullptr, Votee(1), enveloppe)), "ENVELOPPE_INCOHERENTE");
  enveloppe = Ae(1000, 0);
  enveloppe.set_perimetre("departements/30");
  EXPECT_EQ(status::ReasonOf(Imputer(nullptr, Votee(1), enveloppe)), "ENVELOPPE_INCOHERENTE");
  enveloppe.set_perimetre("nation");
  EXPECT_TRUE(Imputer(nullptr, Votee(1), enveloppe).ok());
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
