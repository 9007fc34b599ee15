#include "services/gateway/domain/decisions.h"

#include "gtest/gtest.h"

namespace pdv::gateway {
namespace {

namespace av1 = actions::v1;
namespace fv1 = financement::v1;

TEST(DecisionsTest, AnActionAndItsLinesAreDecidedTheSameWay) {
  for (av1::EtatAction etat :
       {av1::ETAT_ACTION_REFUSEE, av1::ETAT_ACTION_IRRECEVABLE, av1::ETAT_ACTION_ABANDONNEE}) {
    EXPECT_NE(Contradiction(etat, true), nullptr) << etat;
    EXPECT_EQ(Contradiction(etat, false), nullptr) << etat;
  }
  EXPECT_NE(Contradiction(av1::ETAT_ACTION_PROGRAMMEE, false), nullptr);
  EXPECT_EQ(Contradiction(av1::ETAT_ACTION_PROGRAMMEE, true), nullptr);
  // What is not decided contradicts nothing: a funder may vote before the others.
  for (av1::EtatAction etat : {av1::ETAT_ACTION_UNSPECIFIED, av1::ETAT_ACTION_BROUILLON,
                               av1::ETAT_ACTION_EN_INSTRUCTION}) {
    EXPECT_EQ(Contradiction(etat, true), nullptr) << etat;
    EXPECT_EQ(Contradiction(etat, false), nullptr) << etat;
  }
}

TEST(DecisionsTest, WhatAnImportStatesIsThePast) {
  av1::Action action;
  action.set_etat(av1::ETAT_ACTION_PROGRAMMEE);
  EXPECT_EQ(DecisionDansLaSuite(action), av1::ETAT_ACTION_PROGRAMMEE);
  action.set_etat_importe(av1::ETAT_ACTION_PROGRAMMEE);
  EXPECT_EQ(DecisionDansLaSuite(action), av1::ETAT_ACTION_UNSPECIFIED);
  // It went on since.
  action.set_etat_importe(av1::ETAT_ACTION_EN_INSTRUCTION);
  EXPECT_EQ(DecisionDansLaSuite(action), av1::ETAT_ACTION_PROGRAMMEE);
}

TEST(DecisionsTest, AVoteStaysOneWhateverComesAfter) {
  for (int etat = 0; etat < fv1::EtatLigne_ARRAYSIZE; ++etat) {
    const bool without_a_vote =
        etat <= fv1::ETAT_LIGNE_PROPOSEE || etat == fv1::ETAT_LIGNE_IRRECEVABLE ||
        etat == fv1::ETAT_LIGNE_REFUSEE || etat == fv1::ETAT_LIGNE_SANS_REPONSE ||
        etat == fv1::ETAT_LIGNE_RETIREE;
    EXPECT_EQ(Votee(static_cast<fv1::EtatLigne>(etat)), !without_a_vote) << etat;
  }
}

}  // namespace
}  // namespace pdv::gateway
