#include "services/financement/domain/constats.h"

#include "gtest/gtest.h"

namespace pdv::financement {
namespace {

LigneEvaluee Ligne(const std::string& financeur, const std::string& programme,
                   v1::EtatLigne etat = v1::ETAT_LIGNE_DEMANDEE) {
  LigneEvaluee one;
  one.ligne.set_name("lignes/" + financeur);
  one.ligne.set_financeur("financeurs/" + financeur);
  one.ligne.set_demande_droit_commun_centimes(10);
  one.ligne.set_etat(etat);
  one.programme = programme;
  return one;
}

TEST(EvaluerTest, ASingleFunderOfProgramme147IsAWarning) {
  const auto constats = Evaluer({Ligne("etat", "147")});
  ASSERT_EQ(constats.size(), 1u);
  EXPECT_EQ(constats[0].regle(), "P147_FINANCEUR_UNIQUE");
  EXPECT_EQ(constats[0].gravite(), v1::GRAVITE_FINANCEMENT_AVERTISSEMENT);
  EXPECT_EQ(constats[0].lignes(0), "lignes/etat");
  EXPECT_EQ(Evaluer({Ligne("etat", "P147")}).size(), 1u);  // however it is written
  EXPECT_TRUE(Evaluer({Ligne("etat", "147"), Ligne("caf", "")}).empty());
  // The other one is out: the State is alone again.
  EXPECT_EQ(Evaluer({Ligne("etat", "147"), Ligne("caf", "", v1::ETAT_LIGNE_REFUSEE)}).size(), 1u);
  // So is one of whom nothing is asked.
  LigneEvaluee nothing = Ligne("caf", "", v1::ETAT_LIGNE_RETIREE);
  nothing.ligne.clear_demande_droit_commun_centimes();
  EXPECT_EQ(Evaluer({Ligne("etat", "147"), nothing}).size(), 1u);
  nothing.ligne.set_etat(v1::ETAT_LIGNE_DEMANDEE);
  EXPECT_EQ(Evaluer({Ligne("etat", "147"), nothing}).size(), 1u);
}

TEST(EvaluerTest, OtherMoneyMayBeAlone) {
  EXPECT_TRUE(Evaluer({Ligne("etat", "135")}).empty());
  EXPECT_TRUE(Evaluer({Ligne("caf", "")}).empty());
  LigneEvaluee specific = Ligne("etat", "");
  EXPECT_TRUE(Evaluer({specific}).empty());  // droit commun of the State
  specific.ligne.set_demande_specifiques_centimes(1);
  EXPECT_EQ(Evaluer({specific}).size(), 1u);
  specific.ligne.set_etat(v1::ETAT_LIGNE_IRRECEVABLE);
  EXPECT_TRUE(Evaluer({specific}).empty());
}

}  // namespace
}  // namespace pdv::financement
