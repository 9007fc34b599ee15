// The budget of a dossier through the methods, on a real database.
#include "common/status/error.h"
#include "gmock/gmock.h"
#include "pdv/financement/v1/financement.pb.h"
#include "services/financement/api/financement_api.h"
#include "services/financement/app/budgets.h"
#include "services/financement/app/semer_etat.h"
#include "services/financement/domain/plan_comptable.h"
#include "services/financement/store/miroirs.h"
#include "tests/pgharness/service_harness.h"

namespace pdv::financement {

const std::vector<pg::Migration>& Migrations();

namespace {

using status::ReasonOf;
using ::testing::HasSubstr;

absl::Status Semer(store::Store& store) {
  absl::Status seeded = SemerEtat(store);
  return seeded.ok() ? SemerPlanComptable(store) : seeded;
}

class BudgetsTest : public ::testing::Test {
 protected:
  BudgetsTest() {
    service_.Script(R"sql(
      INSERT INTO miroir_action (name, revision, porteur, exercice, quartiers, etat) VALUES
        ('actions/a', 1, 'porteurs/p', 2023, '[]', 'BROUILLON'),
        ('actions/depose', 1, 'porteurs/p', 2023, '[]', 'DEPOSEE');
    )sql");
    service_.As("redacteur", "porteurs/p");
  }

  static void Ajouter(v1::Budget& budget, const char* compte, int64_t centimes,
                      const char* financeur = "") {
    auto* ligne = budget.add_lignes();
    ligne->set_compte(compte);
    ligne->set_montant_centimes(centimes);
    ligne->set_financeur(financeur);
  }
  static v1::Budget Budget(const char* action = "a") {
    v1::Budget budget;
    budget.set_action(std::string("actions/") + action);
    Ajouter(budget, "641", 1'000'00);
    Ajouter(budget, "74etat", 600'00, "financeurs/etat");
    Ajouter(budget, "propres", 400'00);
    return budget;
  }
  absl::StatusOr<v1::Budget> Creer(const v1::Budget& budget, const char* id = "a") {
    v1::CreateBudgetRequest request;
    *request.mutable_budget() = budget;
    request.set_budget_id(id);
    return service_.Call<v1::Budget>("CreateBudget", request);
  }
  absl::StatusOr<v1::Budget> Lire() {
    v1::GetBudgetRequest request;
    request.set_name("budgets/a");
    return service_.Call<v1::Budget>("GetBudget", request);
  }
  void Demander(int64_t centimes) {
    v1::CreateLigneRequest request;
    request.set_ligne_id("a-etat");
    request.set_request_id("demande");
    request.mutable_ligne()->set_action("actions/a");
    request.mutable_ligne()->set_financeur("financeurs/etat");
    request.mutable_ligne()->set_demande_specifiques_centimes(centimes);
    const auto ligne = service_.Call<v1::Ligne>("CreateLigne", request);
    ASSERT_TRUE(ligne.ok()) << ligne.status();
  }

  testing::ServedService service_{
      {"financement",
       "pdv.financement.v1.FinancementService",
       Migrations(),
       {&MiroirAction(), &MiroirPorteur(), &MiroirConflit(), &MiroirContrat()},
       Declare,
       Semer}};
};

TEST_F(BudgetsTest, ABudgetBalancesOnceItsFunderIsAskedTheSame) {
  auto budget = Creer(Budget());
  ASSERT_TRUE(budget.ok()) << budget.status();
  EXPECT_EQ(budget->plan(), kPlanDuJour);
  EXPECT_FALSE(budget->equilibre());
  ASSERT_EQ(budget->ecarts_size(), 1);
  EXPECT_THAT(budget->ecarts(0).message(), HasSubstr("à qui rien n'est demandé"));

  Demander(600'00);
  budget = Lire();
  ASSERT_TRUE(budget.ok()) << budget.status();
  EXPECT_TRUE(budget->equilibre()) << budget->DebugString();
  EXPECT_EQ(budget->etag(), "2");
}

TEST_F(BudgetsTest, ALineThatAsksMoreUnbalancesIt) {
  Demander(600'00);
  ASSERT_TRUE(Creer(Budget())->equilibre());
  v1::UpdateLigneRequest request;
  request.mutable_ligne()->set_name("lignes/a-etat");
  request.mutable_ligne()->set_demande_specifiques_centimes(700'00);
  ASSERT_TRUE(service_.Call<v1::Ligne>("UpdateLigne", request).ok());
  const auto budget = Lire();
  EXPECT_FALSE(budget->equilibre());
  EXPECT_EQ(budget->ecarts(0).ecart_centimes(), -100'00);
}

TEST_F(BudgetsTest, OneBudgetPerDossierOfTheSameName) {
  EXPECT_EQ(ReasonOf(Creer(Budget(), "autre").status()), "REQUETE_INVALIDE");
  ASSERT_TRUE(Creer(Budget()).ok());
  EXPECT_EQ(Creer(Budget()).status().code(), absl::StatusCode::kAlreadyExists);
}

TEST_F(BudgetsTest, ItIsWrittenWhileTheDossierIsByThoseWhoWriteIt) {
  EXPECT_EQ(ReasonOf(Creer(Budget("depose"), "depose").status()), "BUDGET_FIGE");
  service_.As("redacteur", "porteurs/autre");
  EXPECT_EQ(ReasonOf(Creer(Budget()).status()), "PERIMETRE_INSUFFISANT");
  service_.As("redacteur", "");  // of nobody
  EXPECT_EQ(ReasonOf(Creer(Budget()).status()), "PERIMETRE_INSUFFISANT");
  service_.As("financeur", "financeurs/etat");
  EXPECT_EQ(ReasonOf(Creer(Budget()).status()), "ROLE_INSUFFISANT");
  service_.As("redacteur", "porteurs/p");
  ASSERT_TRUE(Creer(Budget()).ok());
  service_.Script("UPDATE miroir_action SET etat = 'EN_INSTRUCTION', revision = 2");
  v1::UpdateBudgetRequest request;
  *request.mutable_budget() = Budget();
  request.mutable_budget()->set_name("budgets/a");
  EXPECT_EQ(ReasonOf(service_.Call<v1::Budget>("UpdateBudget", request).status()), "BUDGET_FIGE");
}

TEST_F(BudgetsTest, Programme147RefusesInvestment) {
  v1::Budget budget = Budget();
  Ajouter(budget, "21", 50'00);
  EXPECT_EQ(ReasonOf(Creer(budget).status()), "INVESTISSEMENT_INTERDIT");
  EXPECT_EQ(service_.Number("SELECT count(*) FROM budget"), 0);
}

TEST_F(BudgetsTest, APlanOnceWrittenOnIsFixed) {
  v1::GetPlanComptableRequest get;
  get.set_name(kPlanDuJour);
  const auto plan = service_.Call<v1::PlanComptable>("GetPlanComptable", get);
  ASSERT_TRUE(plan.ok()) << plan.status();
  EXPECT_EQ(plan->comptes_size(), PlanCerfa().comptes_size());
  EXPECT_FALSE(
      service_.sql().Script("UPDATE plan_comptable SET libelle = 'autre', revision = 2").ok());
}

TEST_F(BudgetsTest, TotalsThatAreNotThoseOfTheLinesAreRefusedByTheDatabase) {
  ASSERT_TRUE(Creer(Budget()).ok());
  EXPECT_FALSE(service_.sql().Script("UPDATE budget SET charges_centimes = 1").ok());
  EXPECT_FALSE(service_.sql().Script("UPDATE budget SET equilibre = true").ok());
}

}  // namespace
}  // namespace pdv::financement
