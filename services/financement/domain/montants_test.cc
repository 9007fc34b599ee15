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
  enveloppe.set_nature(v1::NATURE_ENVELOPPE_AE);
  enveloppe.set_montant_centimes(montant);
  enveloppe.set_consomme_centimes(consomme);
  return enveloppe;
}

v1::Ligne Votee(int64_t cents) {
  v1::Ligne ligne;
  ligne.set_financeur("financeurs/etat");
  ligne.set_exercice(2023);
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

TEST(ImputerTest, AnEnvelopeServesItsFunderAndItsExercice) {
  v1::Enveloppe enveloppe = Ae(1000, 0);
  enveloppe.set_exercice(2022);
  EXPECT_EQ(status::ReasonOf(Imputer(nullptr, Votee(1), enveloppe)), "ENVELOPPE_INCOHERENTE");
}

TEST(ConsommationTest, AeCountsVotesAndCpCountsPayments) {
  v1::Ligne ligne = Votee(100);
  ligne.set_paye_specifiques_centimes(40);
  EXPECT_EQ(Consommation(ligne, v1::NATURE_ENVELOPPE_AE), 100);
  EXPECT_EQ(Consommation(ligne, v1::NATURE_ENVELOPPE_CP), 40);
}

}  // namespace
}  // namespace pdv::financement
