// The budget of a dossier through the methods, on a real database.
#include <atomic>
#include <thread>

#include "absl/time/clock.h"
#include "common/status/error.h"
#include "gmock/gmock.h"
#include "services/financement/api/essai_pgtest.h"
#include "services/financement/domain/plan_comptable.h"

namespace pdv::financement {
namespace {

using status::ReasonOf;
using ::testing::HasSubstr;

class BudgetsTest : public FinancementTest {
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
};

TEST_F(BudgetsTest, ABudgetBalancesOnceItsFunderIsAskedTheSame) {
  auto budget = Creer(Budget());
  ASSERT_TRUE(budget.ok()) << budget.status();
  EXPECT_EQ(budget->plan(), kPlanCerfa);
  EXPECT_FALSE(budget->equilibre());
  ASSERT_EQ(budget->ecarts_size(), 1);
  EXPECT_EQ(budget->ecarts(0).message(),
            "Le budget compte 600,00\u00A0€ de « État (ANCT, programme 147) », à qui rien n'est "
            "demandé.");

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

// Until then, the difference that it makes asks for a new attestation.
TEST_F(BudgetsTest, WhatIsAskedNoLongerChangesOnceTheDossierIsDecided) {
  Demander(600'00);
  ASSERT_TRUE(Creer(Budget()).ok());
  v1::UpdateLigneRequest more;
  more.mutable_ligne()->set_name("lignes/a-etat");
  more.mutable_ligne()->set_demande_specifiques_centimes(700'00);
  v1::CreateLigneRequest another;
  another.mutable_ligne()->set_action("actions/a");
  another.mutable_ligne()->set_financeur("financeurs/caf");
  another.mutable_ligne()->set_demande_specifiques_centimes(50'00);
  service_.Script(
      "INSERT INTO financeur VALUES ('financeurs/caf', 'u', 1, now(), now(), 'CAF', 'CAF', NULL, "
      "false); UPDATE miroir_action SET etat = 'PROGRAMMEE', revision = 2");
  EXPECT_EQ(ReasonOf(service_.Call<v1::Ligne>("UpdateLigne", more).status()), "BUDGET_FIGE");
  EXPECT_EQ(ReasonOf(service_.Call<v1::Ligne>("CreateLigne", another).status()), "BUDGET_FIGE");
  EXPECT_TRUE(Lire()->equilibre());
  service_.Script("UPDATE miroir_action SET etat = 'EN_INSTRUCTION', revision = 3");
  EXPECT_TRUE(service_.Call<v1::Ligne>("CreateLigne", another).ok());
  EXPECT_TRUE(service_.Call<v1::Ligne>("UpdateLigne", more).ok());
  EXPECT_FALSE(Lire()->equilibre());
}

TEST_F(BudgetsTest, AFunderOfWhomNothingIsAskedAnyMoreIsNotWaitedFor) {
  Demander(600'00);
  v1::UpdateLigneRequest request;
  request.mutable_ligne()->set_name("lignes/a-etat");
  request.mutable_update_mask()->add_paths("demande_specifiques_centimes");
  auto ligne = service_.Call<v1::Ligne>("UpdateLigne", request);
  ASSERT_TRUE(ligne.ok()) << ligne.status();
  EXPECT_EQ(ligne->etat(), v1::ETAT_LIGNE_RETIREE);
  EXPECT_EQ(service_.Number("SELECT count(*) FROM ligne_en_attente"), 0);
  request.mutable_ligne()->set_demande_specifiques_centimes(1);
  ligne = service_.Call<v1::Ligne>("UpdateLigne", request);
  ASSERT_TRUE(ligne.ok()) << ligne.status();
  EXPECT_EQ(ligne->etat(), v1::ETAT_LIGNE_DEMANDEE);
  EXPECT_EQ(service_.Number("SELECT count(*) FROM ligne_en_attente"), 1);
}

// A line names its envelope, then the dossier comes back to its porteur, who writes what it may not
// pay.
TEST_F(BudgetsTest, ABudgetHoldsNothingThatTheEnvelopesOfItsLinesMayNotPay) {
  service_.Script(R"sql(
    INSERT INTO enveloppe (name, uid, revision, create_time, update_time, libelle, financeur, programme,
                           perimetre, exercice, nature, dotation_centimes, montant_centimes,
                           disponible_centimes, reserve_centimes, consomme_centimes, gele_centimes,
                           delegue_centimes)
    VALUES ('enveloppes/p147', 'u', 1, now(), now(), 'P147', 'financeurs/etat', 'P147', 'nation', 2023,
            'AE', 0, 0, 0, 0, 0, 0, 0);
  )sql");
  Demander(600'00);
  ASSERT_TRUE(Creer(Budget()).ok());
  service_.Script("UPDATE ligne SET enveloppe = 'enveloppes/p147'");
  v1::UpdateBudgetRequest request;
  *request.mutable_budget() = Budget();
  request.mutable_budget()->set_name("budgets/a");
  request.mutable_budget()->mutable_lignes(1)->set_programme("104");  // the État's, and not P147
  Ajouter(*request.mutable_budget(), "21", 50'00);
  EXPECT_EQ(ReasonOf(service_.Call<v1::Budget>("UpdateBudget", request).status()),
            "INVESTISSEMENT_INTERDIT");
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
  get.set_name(kPlanCerfa);
  const auto plan = service_.Call<v1::PlanComptable>("GetPlanComptable", get);
  ASSERT_TRUE(plan.ok()) << plan.status();
  EXPECT_EQ(plan->comptes_size(), PlanCerfa().comptes_size());
  EXPECT_FALSE(
      service_.sql().Script("UPDATE plan_comptable SET libelle = 'autre', revision = 2").ok());
}

TEST_F(BudgetsTest, ADifferenceNamesTheFunderAsPeopleDo) {
  service_.Script(
      "INSERT INTO financeur VALUES ('financeurs/caf', 'u', 1, now(), now(), 'CAF de l''Hérault', "
      "'CAF', NULL, false)");
  Demander(600'00);
  ASSERT_TRUE(Creer(Budget())->equilibre());
  v1::CreateLigneRequest request;
  request.set_ligne_id("a-caf");
  request.set_request_id("caf");
  request.mutable_ligne()->set_action("actions/a");
  request.mutable_ligne()->set_financeur("financeurs/caf");
  request.mutable_ligne()->set_demande_specifiques_centimes(50'00);
  ASSERT_TRUE(service_.Call<v1::Ligne>("CreateLigne", request).ok());
  EXPECT_THAT(Lire()->ecarts(0).message(),
              HasSubstr("ne compte rien de « CAF de l'Hérault », à qui 50,00"));
  // A line of another funder tells it again, and has not read this one.
  v1::UpdateLigneRequest more;
  more.mutable_ligne()->set_name("lignes/a-etat");
  more.mutable_ligne()->set_demande_specifiques_centimes(700'00);
  ASSERT_TRUE(service_.Call<v1::Ligne>("UpdateLigne", more).ok());
  const auto budget = Lire();
  ASSERT_EQ(budget->ecarts_size(), 2);
  EXPECT_THAT(budget->ecarts(0).message(), HasSubstr("« CAF de l'Hérault »"));
  EXPECT_THAT(budget->ecarts(1).message(), HasSubstr("« État (ANCT, programme 147) »"));
  for (const auto& ecart : budget->ecarts())
    EXPECT_THAT(ecart.message(), ::testing::Not(HasSubstr("financeurs/")));
}

TEST_F(BudgetsTest, AHeadingBesideItsLinesIsNotAddedToThem) {
  Demander(600'00);
  v1::Budget budget = Budget();
  Ajouter(budget, "64", 1'000'00);
  auto created = Creer(budget);
  ASSERT_TRUE(created.ok()) << created.status();  // the totals of the database agree
  EXPECT_EQ(created->charges_centimes(), 1'000'00);
  EXPECT_TRUE(created->equilibre());
}

// The form changes: budgets are written on the new one from its first day, and those that were keep
// their own.
TEST_F(BudgetsTest, TheFormOfTheDayIsTheOneInForce) {
  ASSERT_TRUE(Creer(Budget()).ok());
  service_.As("anct");
  v1::CreatePlanComptableRequest next;
  next.set_plan_comptable_id("cerfa-12156-07");
  *next.mutable_plan_comptable() = PlanCerfa();
  next.mutable_plan_comptable()->clear_name();
  next.mutable_plan_comptable()->set_libelle("CERFA n° 12156*07");
  next.mutable_plan_comptable()->mutable_valide_du()->set_year(2026);
  ASSERT_TRUE(service_.Call<v1::PlanComptable>("CreatePlanComptable", next).ok());
  v1::UpdatePlanComptableRequest end;
  end.mutable_plan_comptable()->set_name(kPlanCerfa);
  *end.mutable_plan_comptable()->mutable_valide_au() = next.plan_comptable().valide_du();
  end.mutable_update_mask()->add_paths("valide_au");
  const auto ended = service_.Call<v1::PlanComptable>("UpdatePlanComptable", end);
  ASSERT_TRUE(ended.ok()) << ended.status();
  EXPECT_EQ(ended->comptes_size(), PlanCerfa().comptes_size());

  service_.As("redacteur", "porteurs/p");
  service_.Script(
      "INSERT INTO miroir_action (name, revision, porteur, exercice, quartiers, etat) VALUES"
      " ('actions/b', 1, 'porteurs/p', 2023, '[]', 'BROUILLON')");
  EXPECT_EQ(Creer(Budget("b"), "b")->plan(), "plans-comptables/cerfa-12156-07");
  v1::UpdateBudgetRequest request;
  request.mutable_budget()->set_name("budgets/a");
  *request.mutable_budget()->mutable_lignes() = Budget().lignes();
  const auto kept = service_.Call<v1::Budget>("UpdateBudget", request);
  ASSERT_TRUE(kept.ok()) << kept.status();
  EXPECT_EQ(kept->plan(), kPlanCerfa);
  request.mutable_budget()->set_name("budgets/b");
  request.mutable_budget()->set_plan(kPlanCerfa);
  EXPECT_EQ(ReasonOf(service_.Call<v1::Budget>("UpdateBudget", request).status()),
            "PLAN_HORS_VIGUEUR");
}

TEST_F(BudgetsTest, WithoutAFormInForceNoBudgetIsWritten) {
  service_.As("anct");
  v1::UpdatePlanComptableRequest end;
  end.mutable_plan_comptable()->set_name(kPlanCerfa);
  auto* au = end.mutable_plan_comptable()->mutable_valide_au();
  au->set_year(2015);
  au->set_month(1);
  au->set_day(1);
  end.mutable_update_mask()->add_paths("valide_au");
  EXPECT_EQ(
      status::ViolationsOf(service_.Call<v1::PlanComptable>("UpdatePlanComptable", end).status())
          .size(),
      1u);  // it ends after it began
  au->set_year(2020);
  ASSERT_TRUE(service_.Call<v1::PlanComptable>("UpdatePlanComptable", end).ok());
  service_.As("redacteur", "porteurs/p");
  EXPECT_EQ(ReasonOf(Creer(Budget()).status()), "PLAN_HORS_VIGUEUR");
  service_.As("anct");
  end.mutable_plan_comptable()->clear_valide_au();  // it goes on after all
  ASSERT_TRUE(service_.Call<v1::PlanComptable>("UpdatePlanComptable", end).ok());
  service_.As("redacteur", "porteurs/p");
  EXPECT_TRUE(Creer(Budget()).ok());
}

// Another replica, in SQL: its transaction is open while ours decides. `act` must wait for it, and
// is played again once it has committed.
class DeuxRepliques : public BudgetsTest {
 protected:
  DeuxRepliques() : autre_(*pg::Session::Connect(service_.conninfo())) {}
  void Ouvrir(const char* sql) {
    const absl::Status done = autre_->Script(std::string("BEGIN;") + sql);
    ASSERT_TRUE(done.ok()) << done;
  }
  template <class Act>
  void PendantQue(Act act) {
    std::atomic<bool> done{false};
    std::thread ours([&] {
      act();
      done = true;
    });
    while (!done && service_.Number("SELECT count(*) FROM pg_stat_activity WHERE datname = "
                                    "current_database() AND wait_event_type = 'Lock'") == 0)
      absl::SleepFor(absl::Milliseconds(5));
    EXPECT_FALSE(done) << "it decided without the other";
    EXPECT_TRUE(autre_->Script("COMMIT").ok());
    ours.join();
  }
  std::unique_ptr<pg::Session> autre_;
};

TEST_F(DeuxRepliques, ABudgetSeesTheLineThatWasCreatedBesideIt) {
  service_.Script(
      "INSERT INTO financeur VALUES ('financeurs/caf', 'u', 1, now(), now(), 'CAF de l''Hérault', "
      "'CAF', NULL, false)");
  Ouvrir(R"sql(
    INSERT INTO ecriture (operation, nature, debit, credit, montant_centimes, ligne) VALUES
      ('o', 'DEMANDE', 'financeurs/caf/comptes/exterieur', 'lignes/x/comptes/demande-specifiques',
       5000, 'lignes/x');
    INSERT INTO ligne SELECT (jsonb_populate_record(NULL::ligne, to_jsonb(l) || jsonb_build_object(
      'name', 'lignes/x', 'uid', 'u', 'revision', 1, 'create_time', now(), 'update_time', now(),
      'action', 'actions/a', 'financeur', 'financeurs/caf', 'etat', 'DEMANDEE', 'exercice', 2023,
      'demande_specifiques_centimes', 5000))).* FROM (SELECT 0 AS demande_droit_commun_centimes,
      0 AS propose_droit_commun_centimes, 0 AS propose_specifiques_centimes,
      0 AS vote_droit_commun_centimes, 0 AS vote_specifiques_centimes,
      0 AS engage_droit_commun_centimes, 0 AS engage_specifiques_centimes,
      0 AS paye_droit_commun_centimes, 0 AS paye_specifiques_centimes,
      0 AS reserve_droit_commun_centimes, 0 AS reserve_specifiques_centimes) l;
  )sql");
  PendantQue([&] {
    const auto budget = Creer(Budget());
    ASSERT_TRUE(budget.ok()) << budget.status();
    ASSERT_EQ(budget->ecarts_size(), 2) << budget->DebugString();
    EXPECT_THAT(budget->ecarts(0).message(), HasSubstr("CAF de l'Hérault"));
  });
}

TEST_F(DeuxRepliques, ALineUnbalancesTheBudgetThatWasCreatedBesideIt) {
  Ouvrir(R"sql(
    INSERT INTO budget VALUES ('budgets/a', 'u', 1, now(), now(), 'actions/a',
      'plans-comptables/cerfa-12156-06', '[{"compte": "641", "montant_centimes": "100000"},
      {"compte": "propres", "montant_centimes": "100000"}]', 100000, 100000, 0, 0, 0, true, NULL, 0);
  )sql");
  PendantQue([&] { Demander(600'00); });
  const auto budget = Lire();
  EXPECT_FALSE(budget->equilibre());
  ASSERT_EQ(budget->ecarts_size(), 1);
  EXPECT_EQ(budget->ecarts(0).ecart_centimes(), -600'00);
}

TEST_F(BudgetsTest, TotalsThatAreNotThoseOfTheLinesAreRefusedByTheDatabase) {
  ASSERT_TRUE(Creer(Budget()).ok());
  EXPECT_FALSE(service_.sql().Script("UPDATE budget SET charges_centimes = 1").ok());
  EXPECT_FALSE(service_.sql().Script("UPDATE budget SET equilibre = true").ok());
}

}  // namespace
}  // namespace pdv::financement
