#include "services/financement/domain/etats.h"

#include <map>
#include <set>
#include <string_view>

#include "common/status/error.h"
#include "gtest/gtest.h"

namespace pdv::financement {
namespace {

TEST(TransitionTest, EveryStateAndVerbIsWalked) {
  std::map<std::pair<int, Verbe>, int> legal;
  for (const Etape& etape : Etapes())
    EXPECT_TRUE(legal.emplace(std::pair(etape.de, etape.verbe), etape.vers).second);
  for (int de = 0; de <= v1::EtatLigne_MAX; ++de) {
    for (int v = 0; v < kVerbes; ++v) {
      const auto verbe = static_cast<Verbe>(v);
      const auto vers = Transition(static_cast<EtatLigne>(de), verbe);
      const auto expected = legal.find({de, verbe});
      ASSERT_EQ(vers.ok(), expected != legal.end()) << de;
      if (vers.ok()) {
        EXPECT_EQ(*vers, expected->second);
      } else {
        EXPECT_EQ(status::ReasonOf(vers.status()), "TRANSITION_INTERDITE");
      }
    }
  }
}

TEST(TransitionTest, ARefusalIsSaidInFrench) {
  std::set<std::string_view> names;
  for (int etat = 0; etat <= v1::EtatLigne_MAX; ++etat)
    EXPECT_TRUE(names.insert(EtatEnClair(static_cast<EtatLigne>(etat))).second) << etat;
  const auto refused = Transition(v1::ETAT_LIGNE_PRISE_EN_CHARGE, Verbe::kVerser);
  EXPECT_EQ(refused.status().message(), "Une ligne prise en charge ne peut pas être versée.");
  EXPECT_EQ(status::MetadataOf(refused.status(), "etat"), "PRISE_EN_CHARGE");
}

TEST(TransitionTest, WhatIsDecidedIsNeverDecidedAgain) {
  for (EtatLigne etat : {v1::ETAT_LIGNE_VOTEE, v1::ETAT_LIGNE_REFUSEE, v1::ETAT_LIGNE_VERSEE}) {
    EXPECT_FALSE(Transition(etat, Verbe::kVoter).ok());
    EXPECT_FALSE(Transition(etat, Verbe::kRefuser).ok());
  }
}

TEST(TransitionTest, ALineWithoutAnswerIsStillUndecided) {
  EXPECT_TRUE(Indecise(v1::ETAT_LIGNE_SANS_REPONSE));
  for (Verbe verbe : {Verbe::kPrendreEnCharge, Verbe::kDeclarerRecevable, Verbe::kProposer,
                      Verbe::kVoter, Verbe::kRefuser})
    EXPECT_TRUE(Transition(v1::ETAT_LIGNE_SANS_REPONSE, verbe).ok());
  EXPECT_FALSE(Indecise(v1::ETAT_LIGNE_VOTEE));
  EXPECT_FALSE(Indecise(v1::ETAT_LIGNE_IRRECEVABLE));
}

// A proposal waits for its vote, and holds money: it is refused, not forgotten.
TEST(TransitionTest, AProposalIsVotedOrRefused) {
  EXPECT_FALSE(Transition(v1::ETAT_LIGNE_PROPOSEE, Verbe::kDeclarerIrrecevable).ok());
  EXPECT_FALSE(Transition(v1::ETAT_LIGNE_PROPOSEE, Verbe::kConstaterSansReponse).ok());
}

TEST(EtatSelonMontantsTest, TheFurthestStageWithAnAmount) {
  v1::Ligne ligne;
  ligne.set_demande_specifiques_centimes(5);
  EXPECT_EQ(EtatSelonMontants(ligne), v1::ETAT_LIGNE_DEMANDEE);
  ligne.set_vote_droit_commun_centimes(5);
  EXPECT_EQ(EtatSelonMontants(ligne), v1::ETAT_LIGNE_VOTEE);
  ligne.set_paye_droit_commun_centimes(1);
  EXPECT_EQ(EtatSelonMontants(ligne), v1::ETAT_LIGNE_VERSEE);
}

}  // namespace
}  // namespace pdv::financement
