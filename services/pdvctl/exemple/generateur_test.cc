#include "services/pdvctl/exemple/generateur.h"

#include <map>
#include <set>

#include "common/types/identifiants.h"
#include "gtest/gtest.h"

namespace pdv::pdvctl {
namespace {

template <class T>
std::vector<T> De(const std::vector<Etape>& example, const char* methode) {
  std::vector<T> all;
  for (const Etape& step : example) {
    if (step.methode != methode) continue;
    for (const auto& one : step.ressources) all.push_back(static_cast<const T&>(*one));
  }
  return all;
}

class ExempleTest : public ::testing::Test {
 protected:
  static const std::vector<Etape>& Example() {
    static const auto* kExample = new std::vector<Etape>(GenererExemple());
    return *kExample;
  }
  static int64_t Vote(const financement::v1::Ligne& line) {
    return line.vote_droit_commun_centimes() + line.vote_specifiques_centimes();
  }
};

TEST_F(ExempleTest, TheSameCallGivesTheSameExample) {
  const std::vector<Etape> again = GenererExemple();
  ASSERT_EQ(again.size(), Example().size());
  for (size_t i = 0; i < again.size(); ++i) {
    ASSERT_EQ(again[i].ressources.size(), Example()[i].ressources.size());
    for (size_t j = 0; j < again[i].ressources.size(); ++j)
      ASSERT_EQ(again[i].ressources[j]->SerializeAsString(),
                Example()[i].ressources[j]->SerializeAsString());
  }
}

TEST_F(ExempleTest, SevenContratsFourExercicesSixHundredActionsAndSixFunders) {
  const auto actions = De<actions::v1::Action>(Example(), "ImporterActions");
  const auto lines = De<financement::v1::Ligne>(Example(), "ImporterLignes");
  std::map<int, int> by_year;
  std::set<std::string> contrats;
  for (const auto& action : actions) {
    ++by_year[action.exercice()];
    contrats.insert(action.contrat());
  }
  EXPECT_EQ(contrats.size(), 7u);
  ASSERT_EQ(by_year.size(), 4u);
  for (const auto& [year, count] : by_year) EXPECT_EQ(count, 600) << year;
  EXPECT_EQ(lines.size(), actions.size() * 6);
}

TEST_F(ExempleTest, CohesionSocialeIsNear80AndCadreDeVieNear2OfTheVotes) {
  const std::set<std::string> others = {"gestion-urbaine", "insertion-emploi", "creation-activite",
                                        "pilotage", "conseils-citoyens"};
  std::map<std::string, std::string> theme;
  for (const auto& action : De<actions::v1::Action>(Example(), "ImporterActions"))
    theme[action.name()] = action.thematique().substr(action.thematique().rfind('/') + 1);
  double whole = 0, cohesion = 0, cadre = 0;
  for (const auto& line : De<financement::v1::Ligne>(Example(), "ImporterLignes")) {
    whole += static_cast<double>(Vote(line));
    if (!others.contains(theme[line.action()])) cohesion += static_cast<double>(Vote(line));
    if (theme[line.action()] == "gestion-urbaine") cadre += static_cast<double>(Vote(line));
  }
  EXPECT_NEAR(cohesion / whole, 0.80, 0.04);
  EXPECT_NEAR(cadre / whole, 0.02, 0.01);
}

TEST_F(ExempleTest, TheEtatIsFirstEverywhereButNotByTheSameGap) {
  std::map<std::string, std::string> contrat;
  for (const auto& action : De<actions::v1::Action>(Example(), "ImporterActions"))
    contrat[action.name()] = action.contrat();
  std::map<std::string, std::map<std::string, int64_t>> votes;
  for (const auto& line : De<financement::v1::Ligne>(Example(), "ImporterLignes"))
    votes[contrat[line.action()]][line.financeur()] += Vote(line);
  std::set<int64_t> gaps;
  for (const auto& [name, by_funder] : votes) {
    int64_t etat = 0, second = 0;
    for (const auto& [funder, vote] : by_funder)
      (funder == "financeurs/etat" ? etat : second) =
          std::max(vote, funder == "financeurs/etat" ? etat : second);
    EXPECT_GT(etat, second) << name;
    gaps.insert((etat - second) * 100 / etat);
  }
  EXPECT_GT(gaps.size(), 4u);
}

TEST_F(ExempleTest, EveryIdentifierIsValidAndEveryLineHoldsItsStages) {
  for (const auto& porteur : De<actions::v1::Porteur>(Example(), "ImporterPorteurs"))
    EXPECT_TRUE(types::VerifierSiret(porteur.siret()).ok()) << porteur.siret();
  for (const auto& line : De<financement::v1::Ligne>(Example(), "ImporterLignes")) {
    EXPECT_LE(line.paye_specifiques_centimes(), line.engage_specifiques_centimes());
    EXPECT_LE(line.engage_specifiques_centimes(), line.vote_specifiques_centimes());
    EXPECT_LE(line.vote_specifiques_centimes(), line.demande_specifiques_centimes());
  }
}

}  // namespace
}  // namespace pdv::pdvctl
