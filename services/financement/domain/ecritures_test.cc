#include "services/financement/domain/ecritures.h"

#include "common/status/error.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace pdv::financement {
namespace {

using ::testing::ElementsAre;

v1::Enveloppe Enveloppe(v1::NatureEnveloppe nature, int64_t disponible) {
  v1::Enveloppe enveloppe;
  enveloppe.set_name("enveloppes/e");
  enveloppe.set_financeur("financeurs/etat");
  enveloppe.set_exercice(2023);
  enveloppe.set_perimetre("departements/34");
  enveloppe.set_nature(nature);
  enveloppe.set_disponible_centimes(disponible);
  enveloppe.set_montant_centimes(disponible);
  return enveloppe;
}

v1::Ligne Ligne() {
  v1::Ligne ligne;
  ligne.set_name("lignes/l");
  ligne.set_financeur("financeurs/etat");
  ligne.set_exercice(2023);
  ligne.set_departement("departements/34");
  ligne.set_enveloppe("enveloppes/e");
  return ligne;
}

v1::Ligne Reservee(int64_t cents) {
  v1::Ligne ligne = Ligne();
  ligne.set_propose_specifiques_centimes(cents);
  ligne.set_reserve_specifiques_centimes(cents);
  return ligne;
}

v1::Ligne Votee(int64_t cents, v1::Ligne ligne = Ligne()) {
  ligne.set_reserve_specifiques_centimes(0);
  ligne.set_vote_specifiques_centimes(cents);
  return ligne;
}

// "VOTE reserve-specifiques>vote-specifiques 5", the accounts by their last segment.
std::string Phrase(const v1::Ecriture& e) {
  auto poste = [](const std::string& compte) { return compte.substr(compte.rfind('/') + 1); };
  return v1::NatureEcriture_Name(e.nature()).substr(sizeof("NATURE_ECRITURE_") - 1) + " " +
         poste(e.debit()) + ">" + poste(e.credit()) + " " + std::to_string(e.montant_centimes());
}

std::vector<std::string> Phrases(const v1::Ligne* before, const v1::Ligne& after,
                                 const v1::Enveloppe* enveloppe, Cause cause = Cause::kVerbe) {
  std::vector<std::string> phrases;
  for (const v1::Ecriture& e : EcrituresLigne(before, after, enveloppe, cause))
    phrases.push_back(Phrase(e));
  return phrases;
}

TEST(EcrituresLigneTest, ADemandComesFromOutside) {
  v1::Ligne asked = Ligne();
  asked.set_demande_droit_commun_centimes(7);
  const auto entries = EcrituresLigne(nullptr, asked, nullptr, Cause::kVerbe);
  ASSERT_EQ(entries.size(), 1u);
  EXPECT_EQ(entries[0].debit(), "financeurs/etat/comptes/exterieur");
  EXPECT_EQ(entries[0].credit(), "lignes/l/comptes/demande-droit-commun");
  EXPECT_EQ(entries[0].enveloppe(), "");
}

TEST(EcrituresLigneTest, AProposalReservesAndTheVoteTakesItAndReturnsTheRest) {
  const v1::Enveloppe ae = Enveloppe(v1::NATURE_ENVELOPPE_AE, 100);
  const v1::Ligne asked = Ligne(), reserved = Reservee(10);
  EXPECT_THAT(Phrases(&asked, reserved, &ae),
              ElementsAre("PROPOSITION exterieur>propose-specifiques 10",
                          "RESERVATION disponible>reserve-specifiques 10"));
  EXPECT_THAT(Phrases(&reserved, Votee(8, reserved), &ae),
              ElementsAre("LIBERATION reserve-specifiques>disponible 2",
                          "VOTE reserve-specifiques>vote-specifiques 8"));
  EXPECT_THAT(Phrases(&reserved, Votee(15, reserved), &ae),
              ElementsAre("VOTE reserve-specifiques>vote-specifiques 10",
                          "VOTE disponible>vote-specifiques 5"));
}

TEST(EcrituresLigneTest, WhatIsNotVotedReturns) {
  const v1::Enveloppe ae = Enveloppe(v1::NATURE_ENVELOPPE_AE, 0);
  const v1::Ligne reserved = Reservee(10);
  EXPECT_THAT(Phrases(&reserved, Votee(0, reserved), &ae),
              ElementsAre("LIBERATION reserve-specifiques>disponible 10"));
  EXPECT_THAT(Phrases(&reserved, Votee(0, reserved), &ae, Cause::kExpiration),
              ElementsAre("EXPIRATION reserve-specifiques>disponible 10"));
}

TEST(EcrituresLigneTest, ACpEnvelopePaysAndDoesNotVote) {
  const v1::Enveloppe cp = Enveloppe(v1::NATURE_ENVELOPPE_CP, 100);
  v1::Ligne voted = Votee(9);
  EXPECT_THAT(Phrases(nullptr, voted, &cp), ElementsAre("VOTE exterieur>vote-specifiques 9"));
  v1::Ligne paid = voted;
  paid.set_paye_specifiques_centimes(4);
  EXPECT_THAT(Phrases(&voted, paid, &cp), ElementsAre("VERSEMENT disponible>paye-specifiques 4"));
}

TEST(EcrituresLigneTest, ARegisterTellsThenCorrects) {
  const v1::Enveloppe ae = Enveloppe(v1::NATURE_ENVELOPPE_AE, 100);
  const v1::Ligne told = Votee(9);
  EXPECT_THAT(Phrases(nullptr, told, &ae, Cause::kImport),
              ElementsAre("IMPORT disponible>vote-specifiques 9"));
  EXPECT_THAT(Phrases(&told, Votee(7), &ae, Cause::kImport),
              ElementsAre("CORRECTION vote-specifiques>disponible 2"));
  v1::Ligne alone = told;
  alone.clear_enveloppe();
  EXPECT_THAT(Phrases(&alone, told, &ae, Cause::kImport),
              ElementsAre("CORRECTION vote-specifiques>exterieur 9",
                          "IMPORT disponible>vote-specifiques 9"));
}

TEST(PorterLigneTest, TakesToTheLastCentAndNotOneMore) {
  v1::Enveloppe ae = Enveloppe(v1::NATURE_ENVELOPPE_AE, 100);
  auto porter = [&ae](const v1::Ligne* before, const v1::Ligne& after) {
    return PorterLigne(before, after, EcrituresLigne(before, after, &ae, Cause::kVerbe), ae);
  };
  const v1::Ligne asked = Ligne(), reserved = Reservee(60);
  ASSERT_TRUE(porter(&asked, reserved).ok());
  EXPECT_EQ(ae.reserve_centimes(), 60);
  const absl::Status refused = porter(&reserved, Votee(101, reserved));
  EXPECT_EQ(status::ReasonOf(refused), "ENVELOPPE_INSUFFISANTE");
  EXPECT_EQ(status::MetadataOf(refused, "reste_centimes"), "100");
  EXPECT_EQ(status::MetadataOf(refused, "demande_centimes"), "101");
  EXPECT_EQ(ae.disponible_centimes(), 40);
  ASSERT_TRUE(porter(&reserved, Votee(100, reserved)).ok());
  EXPECT_EQ(ae.disponible_centimes(), 0);
  EXPECT_EQ(ae.reserve_centimes(), 0);
  EXPECT_EQ(ae.consomme_centimes(), 100);
  EXPECT_EQ(ae.montant_centimes(), 100);
}

TEST(PorterLigneTest, AnEnvelopeServesItsFunderItsExerciceAndItsPerimeter) {
  auto reason = [](v1::Enveloppe ae) {
    const v1::Ligne after = Votee(1);
    return status::ReasonOf(
        PorterLigne(nullptr, after, EcrituresLigne(nullptr, after, &ae, Cause::kVerbe), ae));
  };
  const v1::Enveloppe fits = Enveloppe(v1::NATURE_ENVELOPPE_AE, 100);
  EXPECT_EQ(reason(fits), "");
  v1::Enveloppe other = fits;
  other.set_exercice(2022);
  EXPECT_EQ(reason(other), "ENVELOPPE_INCOHERENTE");
  other = fits;
  other.set_financeur("financeurs/region");
  EXPECT_EQ(reason(other), "ENVELOPPE_INCOHERENTE");
  other = fits;
  other.set_perimetre("departements/30");
  EXPECT_EQ(reason(other), "ENVELOPPE_INCOHERENTE");
  other.set_perimetre("nation");
  EXPECT_EQ(reason(other), "");
}

}  // namespace
}  // namespace pdv::financement
