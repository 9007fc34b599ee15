#include "services/financement/domain/saisie.h"

#include "common/status/error.h"
#include "gtest/gtest.h"

namespace pdv::financement {
namespace {

v1::Ligne Ligne(v1::EtatLigne etat) {
  v1::Ligne ligne;
  ligne.set_name("lignes/l");
  ligne.set_demande_specifiques_centimes(10);
  ligne.set_vote_specifiques_centimes(etat == v1::ETAT_LIGNE_DEMANDEE ? 0 : 8);
  ligne.mutable_demande_le()->set_year(2025);
  ligne.set_etat(etat);
  return ligne;
}

struct Cas {
  const char* quoi;
  void (*saisir)(v1::Ligne&);
  const char* ouverte;  // the reason of the refusal, of a line DEMANDEE and of a line VOTEE
  const char* votee;
};

const Cas kCas[] = {
    {"nothing", [](v1::Ligne&) {}, "", ""},
    {"what is asked", [](v1::Ligne& l) { l.set_demande_specifiques_centimes(11); }, "",
     "LIGNE_DECIDEE"},
    {"when it was asked", [](v1::Ligne& l) { l.mutable_demande_le()->set_year(2024); }, "",
     "LIGNE_DECIDEE"},
    {"what is voted", [](v1::Ligne& l) { l.set_vote_specifiques_centimes(9); }, "MONTANT_PAR_VERBE",
     "MONTANT_PAR_VERBE"},
    {"the day of the vote", [](v1::Ligne& l) { l.mutable_vote_le()->set_year(2020); },
     "FAIT_PAR_VERBE", "FAIT_PAR_VERBE"},
    {"the engagement", [](v1::Ligne& l) { l.set_ej("X"); }, "FAIT_PAR_VERBE", "FAIT_PAR_VERBE"},
    {"the source", [](v1::Ligne& l) { l.set_source("b.csv"); }, "FAIT_PAR_VERBE", "FAIT_PAR_VERBE"},
};

TEST(SaisieTest, OnlyTheDemandIsEnteredAndUntilAProposal) {
  for (const Cas& cas : kCas) {
    for (const auto& [etat, raison] : {std::pair(v1::ETAT_LIGNE_DEMANDEE, cas.ouverte),
                                       std::pair(v1::ETAT_LIGNE_VOTEE, cas.votee)}) {
      const v1::Ligne before = Ligne(etat);
      v1::Ligne after = before;
      cas.saisir(after);
      EXPECT_EQ(status::ReasonOf(VerifierSaisie(before, after)), raison)
          << cas.quoi << ", " << v1::EtatLigne_Name(etat);
    }
  }
}

// What a decision told goes no more than it comes.
TEST(SaisieTest, TheDayOfAVoteIsNotTakenAway) {
  v1::Ligne before = Ligne(v1::ETAT_LIGNE_VOTEE);
  before.mutable_vote_le()->set_year(2025);
  EXPECT_EQ(status::ReasonOf(VerifierSaisie(before, Ligne(v1::ETAT_LIGNE_VOTEE))),
            "FAIT_PAR_VERBE");
}

TEST(SaisieTest, AProposedLineKeepsItsDemand) {
  const v1::Ligne before = Ligne(v1::ETAT_LIGNE_PROPOSEE);
  v1::Ligne after = before;
  after.set_demande_droit_commun_centimes(1);
  EXPECT_EQ(status::ReasonOf(VerifierSaisie(before, after)), "LIGNE_DECIDEE");
}

// A dossier corrected without one of its funders: nobody waits for what is not asked.
TEST(SaisieTest, ADemandThatGoesToNothingIsWithdrawnUntilItComesBack) {
  v1::Ligne asked, nothing;
  asked.set_demande_droit_commun_centimes(10);
  for (const v1::EtatLigne etat :
       {v1::ETAT_LIGNE_DEMANDEE, v1::ETAT_LIGNE_RECEVABLE, v1::ETAT_LIGNE_SANS_REPONSE}) {
    asked.set_etat(etat);
    EXPECT_EQ(EtatSelonDemande(asked, nothing), v1::ETAT_LIGNE_RETIREE);
    EXPECT_EQ(EtatSelonDemande(asked, asked), etat);
  }
  asked.set_etat(v1::ETAT_LIGNE_VOTEE);
  EXPECT_EQ(EtatSelonDemande(asked, nothing), v1::ETAT_LIGNE_VOTEE);
  nothing.set_etat(v1::ETAT_LIGNE_RETIREE);
  EXPECT_EQ(EtatSelonDemande(nothing, nothing), v1::ETAT_LIGNE_RETIREE);
  EXPECT_EQ(EtatSelonDemande(nothing, asked), v1::ETAT_LIGNE_DEMANDEE);
  EXPECT_TRUE(MontantOuvert(v1::ETAT_LIGNE_RETIREE));
}

TEST(SaisieTest, EveryViolationIsToldAtOnce) {
  const v1::Ligne before = Ligne(v1::ETAT_LIGNE_VOTEE);
  v1::Ligne after = before;
  after.set_ej("X");
  after.set_demande_specifiques_centimes(11);
  const std::string told = VerifierSaisie(before, after).ToString();
  EXPECT_NE(told.find("engagement juridique ne se saisit pas"), std::string::npos) << told;
  EXPECT_NE(told.find("ce qui est demand"), std::string::npos) << told;
}

}  // namespace
}  // namespace pdv::financement
