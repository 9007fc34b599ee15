#include "services/pdvctl/exemple/campagne.h"

#include <map>
#include <set>

#include "common/types/identifiants.h"
#include "gtest/gtest.h"

namespace pdv::pdvctl::exemple {
namespace {

// What is voted of a dossier, all funders together.
int64_t Vote(const DossierExemple& dossier) {
  int64_t somme = 0;
  for (const LigneExemple& ligne : dossier.lignes) {
    if (ligne.issue == Issue::kPayee) somme += ligne.accorde.total();
  }
  return somme;
}

std::string Theme(const DossierExemple& dossier) {
  const std::string& name = dossier.action.thematique();
  return name.substr(name.rfind('/') + 1);
}

class CampagneTest : public ::testing::TestWithParam<int> {
 protected:
  static const std::vector<DossierExemple>& Dossiers() {
    static auto* all = new std::map<int, std::vector<DossierExemple>>();
    auto& dossiers = (*all)[GetParam()];
    if (dossiers.empty()) dossiers = Campagne(GetParam());
    return dossiers;
  }
};

TEST_P(CampagneTest, TheSameCallGivesTheSameCampaign) {
  const std::vector<DossierExemple> again = Campagne(GetParam());
  ASSERT_EQ(again.size(), Dossiers().size());
  for (size_t i = 0; i < again.size(); ++i) {
    ASSERT_EQ(again[i].action.SerializeAsString(), Dossiers()[i].action.SerializeAsString());
    ASSERT_EQ(again[i].budget.SerializeAsString(), Dossiers()[i].budget.SerializeAsString());
    for (size_t j = 0; j < again[i].lignes.size(); ++j)
      ASSERT_EQ(again[i].lignes[j].accorde.total(), Dossiers()[i].lignes[j].accorde.total());
  }
}

TEST_P(CampagneTest, SevenContratsSixHundredDossiersSixFundersAndAPreOnEach) {
  std::set<std::string> contrats, pre, themes;
  for (const DossierExemple& one : Dossiers()) {
    contrats.insert(one.action.contrat());
    themes.insert(Theme(one));
    if (one.action.dispositif() == "dispositifs/pre") pre.insert(one.action.contrat());
    EXPECT_EQ(one.lignes.size(), 6u) << one.id;
  }
  EXPECT_EQ(Dossiers().size(), 600u);
  EXPECT_EQ(contrats.size(), 7u);
  EXPECT_EQ(pre, contrats);
  EXPECT_TRUE(themes.contains("ateliers-sociolinguistiques"));
  EXPECT_TRUE(themes.contains("animation-clas"));
}

TEST_P(CampagneTest, CohesionSocialeIsNear80AndCadreDeVieNear2OfTheVotes) {
  const std::set<std::string> others = {
      "gestion-urbaine", "insertion-emploi",  "creation-activite",   "equipes-projet",
      "animation-clas",  "conseils-citoyens", "centre-de-ressources"};
  double whole = 0, cohesion = 0, cadre = 0;
  for (const DossierExemple& one : Dossiers()) {
    const auto vote = static_cast<double>(Vote(one));
    whole += vote;
    if (!others.contains(Theme(one))) cohesion += vote;
    if (Theme(one) == "gestion-urbaine") cadre += vote;
  }
  EXPECT_NEAR(cohesion / whole, 0.80, 0.02);
  EXPECT_NEAR(cadre / whole, 0.02, 0.005);
}

TEST_P(CampagneTest, TheEtatIsFirstEverywhereButNotByTheSameGap) {
  std::map<std::string, std::map<std::string, int64_t>> votes;
  for (const DossierExemple& one : Dossiers()) {
    for (const LigneExemple& ligne : one.lignes) {
      if (ligne.issue == Issue::kPayee)
        votes[one.action.contrat()][ligne.financeur] += ligne.accorde.total();
    }
  }
  std::set<int64_t> gaps;
  for (const auto& [name, by_funder] : votes) {
    int64_t etat = by_funder.at("financeurs/etat"), second = 0;
    for (const auto& [funder, vote] : by_funder)
      if (funder != "financeurs/etat") second = std::max(second, vote);
    EXPECT_GT(etat, second) << name;
    gaps.insert((etat - second) * 100 / etat);
  }
  EXPECT_GT(gaps.size(), 4u);
}

TEST_P(CampagneTest, EveryBudgetBalancesAndNobodyGivesMoreThanIsAsked) {
  for (const DossierExemple& one : Dossiers()) {
    std::map<char, int64_t>
        classes;  // 6 and 7 of the form, 8 for both sides of what is given in kind
    for (const auto& ligne : one.budget.lignes()) {
      const std::string& compte = ligne.compte();
      const char classe = compte == "propres" ? '7'
                          : compte == "864"   ? '+'
                          : compte == "870"   ? '-'
                                              : compte[0];
      classes[classe] += ligne.montant_centimes();
    }
    EXPECT_EQ(classes['6'], classes['7']) << one.id;
    EXPECT_EQ(classes['+'], classes['-']) << one.id;
    for (const LigneExemple& ligne : one.lignes) {
      EXPECT_LE(ligne.accorde.commun, ligne.demande.commun) << ligne.name;
      EXPECT_LE(ligne.accorde.specifiques, ligne.demande.specifiques) << ligne.name;
      EXPECT_LE(ligne.paye.total(), ligne.accorde.total()) << ligne.name;
    }
  }
}

TEST_P(CampagneTest, EveryEnvelopeAffordsItsLinesAndItsChildren) {
  std::map<std::string, int64_t> left;
  std::set<std::string> known;
  for (const EnveloppeExemple& one : Enveloppes(GetParam(), Dossiers())) {
    const std::string& parent = one.enveloppe.parent();
    EXPECT_TRUE(parent.empty() || known.contains(parent)) << "a parent comes first: " << parent;
    known.insert(one.enveloppe.name());
    left[one.enveloppe.name()] += one.recu_centimes;
    if (!parent.empty()) left[parent] -= one.recu_centimes;
  }
  for (const DossierExemple& one : Dossiers()) {
    for (const LigneExemple& ligne : one.lignes) {
      ASSERT_TRUE(known.contains(ligne.enveloppe)) << ligne.enveloppe;
      if (ligne.issue == Issue::kPayee) left[ligne.enveloppe] -= ligne.accorde.total();
    }
  }
  for (const auto& [name, cents] : left) EXPECT_GT(cents, 0) << name;
}

INSTANTIATE_TEST_SUITE_P(Exercices, CampagneTest, ::testing::Range(kPremier, kDernier + 1));

TEST(MondeTest, EveryInventedSiretIsValid) {
  for (int i = 0; i < kPorteurs; ++i)
    EXPECT_TRUE(types::VerifierSiret(SiretInvente(i)).ok()) << SiretInvente(i);
}

}  // namespace
}  // namespace pdv::pdvctl::exemple
