#include "services/financement/domain/budget.h"

#include "common/status/error.h"
#include "gmock/gmock.h"
#include "services/financement/domain/plan_comptable.h"

namespace pdv::financement {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

void Ajouter(v1::Budget& budget, const char* compte, int64_t centimes, const char* financeur = "",
             const char* programme = "") {
  v1::LigneBudget* ligne = budget.add_lignes();
  ligne->set_compte(compte);
  ligne->set_montant_centimes(centimes);
  ligne->set_financeur(financeur);
  ligne->set_programme(programme);
}

// A real one: charges of 141 112 € and 116 000 € in kind, 257 112 € in all; 118 425 € of
// subventions and 22 687 € of own resources.
v1::Budget Reel() {
  v1::Budget budget;
  Ajouter(budget, "601", 12'430'00);
  Ajouter(budget, "613", 8'000'00);
  Ajouter(budget, "625", 3'182'00);
  Ajouter(budget, "641", 82'500'00);
  Ajouter(budget, "645", 30'000'00);
  Ajouter(budget, "indirectes", 5'000'00);
  Ajouter(budget, "74etat", 60'000'00, "financeurs/etat");
  Ajouter(budget, "74epci", 38'425'00, "financeurs/metropole");
  Ajouter(budget, "74orgasoc", 20'000'00, "financeurs/caf");
  Ajouter(budget, "propres", 22'687'00);
  Ajouter(budget, "864", 116'000'00);
  Ajouter(budget, "870", 116'000'00);
  return budget;
}

const Demandes kDemandes = {{"financeurs/etat", 60'000'00},
                            {"financeurs/metropole", 38'425'00},
                            {"financeurs/caf", 20'000'00}};

const Libelles kLibelles = {{"financeurs/etat", "État (politique de la ville)"},
                            {"financeurs/metropole", "Métropole"},
                            {"financeurs/caf", "CAF de l'Hérault"},
                            {"financeurs/beziers", "Ville de Béziers"},
                            {"financeurs/region", "Région Occitanie"}};

std::vector<std::string> Messages(const v1::Budget& budget) {
  std::vector<std::string> messages;
  for (const auto& ecart : budget.ecarts()) messages.push_back(ecart.message());
  return messages;
}

TEST(BudgetTest, ARealBudgetBalances) {
  v1::Budget budget = Reel();
  ASSERT_TRUE(VerifierBudget(PlanCerfa(), budget).ok());
  CalculerBudget(PlanCerfa(), kDemandes, kLibelles, &budget);
  EXPECT_EQ(budget.charges_centimes(), 141'112'00);
  EXPECT_EQ(budget.produits_centimes(), 141'112'00);
  EXPECT_EQ(budget.subventions_centimes(), 118'425'00);
  EXPECT_EQ(budget.part_subventions_points(), 8393);  // 118 425 of 141 112: 83,922… %, rounded up
  EXPECT_EQ(budget.charges_centimes() + budget.emplois_volontaires_centimes(), 257'112'00);
  EXPECT_TRUE(budget.equilibre()) << budget.DebugString();
}

TEST(BudgetTest, ItsSharesTellPublicAidAndOwnResourcesApart) {
  v1::Budget budget = Reel();
  CalculerBudget(PlanCerfa(), kDemandes, kLibelles, &budget);
  EXPECT_EQ(budget.part_aides_publiques_points(), 8393);
  EXPECT_EQ(budget.part_ressources_propres_points(), 1607);  // 16,077… %, rounded down
  // A foundation gives a subvention that is no public aid, and no own resource either; neither is
  // what was left over of an earlier grant.
  budget.clear_lignes();
  Ajouter(budget, "74etat", 50'00, "financeurs/etat");
  Ajouter(budget, "74aidespriv", 20'00, "financeurs/fondation");
  Ajouter(budget, "70", 5'00);
  Ajouter(budget, "756", 5'00);
  Ajouter(budget, "propres", 10'00);
  Ajouter(budget, "789", 10'00);
  CalculerBudget(PlanCerfa(), {}, {}, &budget);
  EXPECT_EQ(budget.part_subventions_points(), 7000);
  EXPECT_EQ(budget.part_aides_publiques_points(), 5000);
  EXPECT_EQ(budget.part_ressources_propres_points(), 2000);
  // A heading is the total of its lines, and is not added to them.
  Ajouter(budget, "75", 5'00);
  CalculerBudget(PlanCerfa(), {}, {}, &budget);
  EXPECT_EQ(budget.part_ressources_propres_points(), 2000);
  budget.clear_lignes();
  CalculerBudget(PlanCerfa(), {}, {}, &budget);
  EXPECT_TRUE(budget.has_part_aides_publiques_points());
  EXPECT_EQ(budget.part_ressources_propres_points(), 0);
}

TEST(BudgetTest, EveryDifferenceIsNamedInEuros) {
  v1::Budget budget = Reel();
  Ajouter(budget, "66", 1'250'01);
  Ajouter(budget, "875", 50);
  Ajouter(budget, "74com", 100'00, "financeurs/beziers");
  Demandes asked = kDemandes;
  asked["financeurs/caf"] = 19'999'99;
  asked["financeurs/region"] = 5'00;
  CalculerBudget(PlanCerfa(), asked, kLibelles, &budget);
  EXPECT_FALSE(budget.equilibre());
  EXPECT_THAT(
      Messages(budget),
      ElementsAre(
          HasSubstr("Les charges dépassent les produits de 1\u202F150,01\u00A0€"),
          HasSubstr("contributions volontaires (87) dépassent les emplois des contributions "
                    "volontaires (86) de 0,50"),
          "Le budget compte 100,00\u00A0€ de « Ville de Béziers », à qui rien n'est demandé.",
          "Le budget compte 20\u202F000,00\u00A0€ de « CAF de l'Hérault », à qui "
          "19\u202F999,99\u00A0€ sont demandés : 0,01\u00A0€ de trop.",
          "Le budget ne compte rien de « Région Occitanie », à qui 5,00\u00A0€ sont demandés."));
  EXPECT_EQ(budget.ecarts(0).ecart_centimes(), 1'150'01);
  EXPECT_EQ(budget.ecarts(1).ecart_centimes(), -50);
}

// A line that changes what one funder is asked has read no other: their differences keep their
// words.
TEST(BudgetTest, ADifferenceThatDidNotChangeKeepsItsWords) {
  v1::Budget budget = Reel();
  Ajouter(budget, "74com", 100'00, "financeurs/beziers");
  Ajouter(budget, "60x", 100'00);
  CalculerBudget(PlanCerfa(), kDemandes, kLibelles, &budget);
  Demandes asked = kDemandes;
  asked["financeurs/region"] = 5'00;
  CalculerBudget(PlanCerfa(), asked, {{"financeurs/region", "Région Occitanie"}}, &budget);
  EXPECT_THAT(Messages(budget),
              ElementsAre(HasSubstr("« Ville de Béziers »"), HasSubstr("« Région Occitanie »")));
}

// 64 is the total of 641 and 645: what a heading says is not added to what its lines say.
TEST(BudgetTest, AHeadingIsTheTotalOfItsLines) {
  v1::Budget budget;
  Ajouter(budget, "64", 300'00);
  Ajouter(budget, "641", 200'00);
  Ajouter(budget, "645", 100'00);
  Ajouter(budget, "propres", 300'00);
  ASSERT_TRUE(VerifierBudget(PlanCerfa(), budget).ok());
  CalculerBudget(PlanCerfa(), {}, {}, &budget);
  EXPECT_EQ(budget.charges_centimes(), 300'00);
  EXPECT_TRUE(budget.equilibre()) << budget.DebugString();

  budget.mutable_lignes(0)->set_montant_centimes(350'00);
  CalculerBudget(PlanCerfa(), {}, {}, &budget);
  EXPECT_EQ(budget.charges_centimes(), 300'00);
  EXPECT_FALSE(budget.equilibre());
  ASSERT_EQ(budget.ecarts_size(), 1);
  EXPECT_EQ(budget.ecarts(0).raison(), "TOTAL_RUBRIQUE");
  EXPECT_EQ(budget.ecarts(0).ecart_centimes(), 50'00);
  EXPECT_EQ(budget.ecarts(0).message(),
            "Le compte 64 (Charges de personnel) annonce 350,00\u00A0€ et ses lignes font "
            "300,00\u00A0€ : il annonce 50,00\u00A0€ de trop.");
  budget.mutable_lignes(0)->set_montant_centimes(299'99);
  CalculerBudget(PlanCerfa(), {}, {}, &budget);
  EXPECT_EQ(budget.ecarts(0).ecart_centimes(), -1);
}

TEST(BudgetTest, AHeadingAloneIsAnAmountLikeAnother) {
  v1::Budget budget;
  Ajouter(budget, "64", 300'00);
  Ajouter(budget, "propres", 300'00);
  CalculerBudget(PlanCerfa(), {}, {}, &budget);
  EXPECT_EQ(budget.charges_centimes(), 300'00);
  EXPECT_TRUE(budget.equilibre());
}

TEST(BudgetTest, TheSubventionsAreTheTotalOfThoseOfEachFunder) {
  v1::Budget budget = Reel();
  Ajouter(budget, "74", 118'425'00);  // the total of the form: nobody is asked for it
  ASSERT_TRUE(VerifierBudget(PlanCerfa(), budget).ok());
  CalculerBudget(PlanCerfa(), kDemandes, kLibelles, &budget);
  EXPECT_EQ(budget.subventions_centimes(), 118'425'00);
  EXPECT_EQ(budget.produits_centimes(), 141'112'00);
  EXPECT_TRUE(budget.equilibre()) << budget.DebugString();
  v1::LigneBudget& total = *budget.mutable_lignes(budget.lignes_size() - 1);
  total.set_montant_centimes(118'000'00);
  CalculerBudget(PlanCerfa(), kDemandes, kLibelles, &budget);
  EXPECT_THAT(Messages(budget), ElementsAre(HasSubstr("425,00\u00A0€ de moins")));
  total.set_financeur("financeurs/etat");
  const auto violations = status::ViolationsOf(VerifierBudget(PlanCerfa(), budget));
  ASSERT_EQ(violations.size(), 1u);
  EXPECT_EQ(violations[0].reason, "FINANCEUR_SANS_SUBVENTION");
  EXPECT_THAT(violations[0].description, HasSubstr("total de ses lignes"));
}

TEST(BudgetTest, WhatTheFormDoesNotKnowIsToldAllAtOnce) {
  v1::Budget budget;
  Ajouter(budget, "699", 1);
  Ajouter(budget, "74caf", 1, "financeurs/caf");
  Ajouter(budget, "74etat", 1);
  Ajouter(budget, "641", 1, "financeurs/etat");
  const auto violations = status::ViolationsOf(VerifierBudget(PlanCerfa(), budget));
  ASSERT_EQ(violations.size(), 4u);
  EXPECT_EQ(violations[0].field, "budget.lignes[0].compte");
  EXPECT_EQ(violations[2].reason, "FINANCEUR_MANQUANT");
  EXPECT_EQ(violations[3].reason, "FINANCEUR_SANS_SUBVENTION");
}

TEST(BudgetTest, Programme147PaysNoInvestment) {
  v1::Budget budget = Reel();
  Ajouter(budget, "21", 3'000'00);
  const absl::Status refused = VerifierBudget(PlanCerfa(), budget);
  EXPECT_EQ(status::ReasonOf(refused), "INVESTISSEMENT_INTERDIT");
  EXPECT_THAT(std::string(refused.message()), HasSubstr("3\u202F000,00"));
  // Another programme of the État may.
  for (v1::LigneBudget& ligne : *budget.mutable_lignes())
    if (ligne.compte() == "74etat") ligne.set_programme("119");
  EXPECT_TRUE(VerifierBudget(PlanCerfa(), budget).ok());
}

TEST(BudgetTest, TheRenewalProgrammeIsNotDoubled) {
  v1::Budget budget = Reel();
  Ajouter(budget, "74agenceserv", 1'000'00, "financeurs/anru", "NPNRU");
  EXPECT_EQ(status::ReasonOf(VerifierBudget(PlanCerfa(), budget)), "DOUBLE_FINANCEMENT_NPNRU");
  v1::Budget without;
  Ajouter(without, "74agenceserv", 1'000'00, "financeurs/anru", "NPNRU");
  EXPECT_TRUE(VerifierBudget(PlanCerfa(), without).ok());
}

v1::PlanComptable Plan(const char* name, int du, int au = 0) {
  v1::PlanComptable plan;
  plan.set_name(name);
  plan.mutable_valide_du()->set_year(du);
  plan.mutable_valide_du()->set_month(3);
  plan.mutable_valide_du()->set_day(1);
  if (au == 0) return plan;
  *plan.mutable_valide_au() = plan.valide_du();
  plan.mutable_valide_au()->set_year(au);
  return plan;
}

TEST(PlanComptableTest, ThePlanOfTheDayIsTheLastThatBeganAndGoesOn) {
  const v1::PlanComptable ancien = Plan("a", 2015, 2024), nouveau = Plan("b", 2023),
                          futur = Plan("c", 2030);
  const std::vector<const v1::PlanComptable*> plans = {&nouveau, &ancien, &futur};
  auto on = [&](int year, int month, int day) -> std::string {
    const v1::PlanComptable* plan = PlanDuJour(plans, types::Date(year, month, day));
    return plan == nullptr ? "" : plan->name();
  };
  EXPECT_EQ(on(2015, 2, 28), "");
  EXPECT_EQ(on(2015, 3, 1), "a");
  EXPECT_EQ(on(2023, 2, 28), "a");
  EXPECT_EQ(on(2023, 3, 1), "b");
  EXPECT_EQ(on(2030, 2, 28), "b");
  EXPECT_EQ(on(2030, 3, 1), "c");
  EXPECT_TRUE(EnVigueur(ancien, types::Date(2024, 2, 29)));
  EXPECT_FALSE(EnVigueur(ancien, types::Date(2024, 3, 1)));  // its end is no longer of it
}

TEST(PlanComptableTest, AccountsAreUniqueAndTheirParentsKnown) {
  std::set<std::string> codes;
  for (const v1::CompteBudget& compte : PlanCerfa().comptes()) {
    EXPECT_TRUE(codes.insert(compte.code()).second) << compte.code();
    if (compte.parent().empty()) continue;
    const v1::CompteBudget* parent = Compte(PlanCerfa(), compte.parent());
    ASSERT_NE(parent, nullptr) << compte.code();
    EXPECT_EQ(parent->nature(), compte.nature()) << compte.code();
  }
}

TEST(BudgetTest, Programme147IsKnownHoweverItIsWritten) {
  for (const auto& [compte, programme] :
       std::vector<std::pair<const char*, const char*>>{{"74etat", ""},
                                                        {"74", ""},
                                                        {"74etat", "147"},
                                                        {"74etat", "P147"},
                                                        {"74etat", "0147"},
                                                        {"74etat", "p 147 "}}) {
    v1::Budget budget;
    Ajouter(budget, "21", 10'00);
    Ajouter(budget, compte, 10'00, "financeurs/etat", programme);
    EXPECT_EQ(status::ReasonOf(VerifierBudget(PlanCerfa(), budget)), "INVESTISSEMENT_INTERDIT")
        << compte << " " << programme;
  }
  v1::Budget other;
  Ajouter(other, "21", 10'00);
  Ajouter(other, "74etat", 10'00, "financeurs/etat", "P104");
  EXPECT_TRUE(VerifierBudget(PlanCerfa(), other).ok());
}

TEST(BudgetTest, AnEnvelopeOfProgramme147PaysNeitherInvestmentNorWhatNpnruPays) {
  v1::Enveloppe p147, other;
  p147.set_programme("P147");
  other.set_programme("104");
  v1::Budget investment, npnru;
  Ajouter(investment, "21", 10'00);
  Ajouter(npnru, "74x", 10'00, "financeurs/anru", "NPNRU");
  EXPECT_EQ(status::ReasonOf(VerifierImputation(p147, investment)), "INVESTISSEMENT_INTERDIT");
  EXPECT_EQ(status::ReasonOf(VerifierImputation(p147, npnru)), "DOUBLE_FINANCEMENT_NPNRU");
  EXPECT_TRUE(VerifierImputation(other, investment).ok());
  // The État's without a programme is of the politique de la ville, in an envelope as in a budget.
  v1::Enveloppe etat, region;
  etat.set_financeur("financeurs/etat");
  region.set_financeur("financeurs/occitanie");
  EXPECT_EQ(status::ReasonOf(VerifierImputation(etat, investment)), "INVESTISSEMENT_INTERDIT");
  EXPECT_TRUE(VerifierImputation(region, investment).ok());
  EXPECT_TRUE(VerifierImputation(p147, Reel()).ok());
}

}  // namespace
}  // namespace pdv::financement
