// Renewals, and the contrat d'engagement républicain, through the service.
#include "common/pg/error.h"
#include "common/status/error.h"
#include "gmock/gmock.h"
#include "services/actions/api/essai_pgtest.h"

namespace pdv::actions {
namespace {

using status::ReasonOf;

class ReconductionTest : public ActionsTest {
 protected:
  void SetUp() override {
    ASSERT_TRUE(Creer(Porteur("p")).ok());
    ASSERT_TRUE(Souscrire("p", 2022, 1, 2).ok());
    v1::Action action = Action("a");
    action.set_exercice(2022);
    Date(action.mutable_date_debut(), 2022, 1, 1);
    Date(action.mutable_date_fin(), 2022, 12, 31);
    action.set_annee(1);
    action.set_annees(2);
    ASSERT_TRUE(Creer(action).ok());
  }
  absl::StatusOr<v1::Action> Reconduire(const std::string& id, int exercice,
                                        const std::string& as = "",
                                        const std::string& request_id = "") {
    v1::ReconduireActionRequest request;
    request.set_name("actions/" + id);
    request.set_exercice(exercice);
    request.set_action_id(as);
    request.set_request_id(request_id);
    service_.As("redacteur", "porteurs/p");
    return service_.Call<v1::Action>("ReconduireAction", request);
  }
};

TEST_F(ReconductionTest, ADossierIsCarriedOnAndItsLineageIsKept) {
  EXPECT_EQ(ReasonOf(Reconduire("a", 2023).status()), "RECONDUCTION_IMPOSSIBLE");
  ASSERT_TRUE(Deposer("a").ok());
  const auto second = Reconduire("a", 2023, "a-2023", "r-1");
  ASSERT_TRUE(second.ok()) << second.status();
  EXPECT_EQ(second->name(), "actions/a-2023");
  EXPECT_EQ(second->etat(), v1::ETAT_ACTION_BROUILLON);
  EXPECT_EQ(second->contrat(), "contrats/cv110");
  EXPECT_EQ(second->annee(), 2);
  EXPECT_EQ(Reconduire("a", 2023, "a-2023", "r-1")->uid(), second->uid());
  EXPECT_EQ(ReasonOf(Reconduire("a", 2023).status()), "RECONDUCTION_EXISTANTE");
  // Filed in its turn, once its public is told again.
  v1::UpdateActionRequest told;
  told.mutable_action()->set_name("actions/a-2023");
  *told.mutable_action()->mutable_publics() = Action("x").publics();
  ASSERT_TRUE(service_.Call<v1::Action>("UpdateAction", told).ok());
  ASSERT_TRUE(Deposer("a-2023").ok());
  EXPECT_EQ(second->departement(), "departements/34");
  // The contrat ends with 2023: the next one is told anew, and where it takes place with it.
  const auto third = Reconduire("a-2023", 2024);
  ASSERT_TRUE(third.ok()) << third.status();
  EXPECT_TRUE(third->contrat().empty());
  EXPECT_EQ(third->departement() + third->region(), "");
  EXPECT_EQ(third->annee(), 0);
  EXPECT_EQ(third->lignee(), "actions/a");
  for (const std::string& name : {std::string("actions/a"), third->name()}) {
    v1::GetLigneeRequest ask;
    ask.set_name(name);
    const auto lineage = service_.Call<v1::Lignee>("GetLignee", ask);
    ASSERT_TRUE(lineage.ok()) << lineage.status();
    EXPECT_EQ(lineage->racine(), "actions/a");
    ASSERT_EQ(lineage->actions_size(), 3);
    EXPECT_EQ(lineage->actions(1).name(), "actions/a-2023");
    EXPECT_EQ(lineage->actions(2).reconduite_de(), "actions/a-2023");
  }
}

TEST_F(ReconductionTest, WhatIsCarriedOnWasFiled) {
  // Given up before anyone was asked for anything.
  ASSERT_TRUE(Faire<v1::AbandonnerActionRequest>(Verbe::kAbandonner, "a").ok());
  EXPECT_EQ(ReasonOf(Reconduire("a", 2023).status()), "RECONDUCTION_IMPOSSIBLE");
  // Filed, and changed since: it waits for its new attestation.
  v1::Action other = Action("b");
  other.set_exercice(2022);
  Date(other.mutable_date_debut(), 2022, 1, 1);
  Date(other.mutable_date_fin(), 2022, 12, 31);
  ASSERT_TRUE(Creer(other).ok());
  ASSERT_TRUE(Deposer("b").ok());
  v1::UpdateActionRequest update;
  update.mutable_action()->set_name("actions/b");
  update.mutable_action()->set_intitule("Aide aux leçons");
  service_.As("redacteur", "porteurs/p");
  ASSERT_EQ(service_.Call<v1::Action>("UpdateAction", update)->etat(),
            v1::ETAT_ACTION_EN_ATTENTE_ATTESTATION);
  const auto next = Reconduire("b", 2023);
  ASSERT_TRUE(next.ok()) << next.status();
  EXPECT_EQ(next->intitule(), "Aide aux leçons");
}

TEST_F(ReconductionTest, EachCarriesOnItsOwn) {
  ASSERT_TRUE(Deposer("a").ok());
  v1::ReconduireActionRequest request;
  request.set_name("actions/a");
  request.set_exercice(2023);
  service_.As("redacteur", "porteurs/autre");
  EXPECT_EQ(ReasonOf(service_.Call<v1::Action>("ReconduireAction", request).status()),
            "PERIMETRE_INSUFFISANT");
  service_.As("financeur", "porteurs/p");
  EXPECT_EQ(ReasonOf(service_.Call<v1::Action>("ReconduireAction", request).status()),
            "ROLE_INSUFFISANT");
  EXPECT_EQ(Reconduire("inconnue", 2023).status().code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(Reconduire("a", 2022).status().code(), absl::StatusCode::kInvalidArgument);
  ASSERT_TRUE(Reconduire("a", 2023, "b").ok());
  for (const auto& [sql, constraint] :
       {std::pair("UPDATE action SET lignee = NULL, reconduite_de = NULL WHERE name = 'actions/b'",
                  "action_lignee_fixe"),
        std::pair("UPDATE action SET annee = 3 WHERE name = 'actions/a'", "action_annees")}) {
    const auto error = pg::ErrorOf(service_.sql().Exec(sql, {}, false).status());
    ASSERT_TRUE(error.has_value()) << sql;
    EXPECT_EQ(error->constraint, constraint);
  }
}

TEST_F(ReconductionTest, TheYearsOfAPluriannualActionAreConsistent) {
  v1::UpdateActionRequest change;
  change.mutable_action()->set_name("actions/a");
  change.mutable_action()->set_annee(3);
  service_.As("redacteur", "porteurs/p");
  const absl::Status refused = service_.Call<v1::Action>("UpdateAction", change).status();
  ASSERT_EQ(status::ViolationsOf(refused).size(), 1u) << refused;
  EXPECT_EQ(status::ViolationsOf(refused)[0].reason, "ANNEES_INCOHERENTES");
}

TEST_F(ReconductionTest, AWithdrawalIsAReasonedDecisionOfTheAuthority) {
  v1::RetirerContratEngagementRequest request;
  request.set_name("porteurs/p");
  Date(request.mutable_date(), 2023, 5, 1);
  Date(request.mutable_observations_le(), 2023, 5, 20);
  service_.As("signataire", "porteurs/p");
  EXPECT_EQ(ReasonOf(service_.Call<v1::Porteur>("RetirerContratEngagement", request).status()),
            "ROLE_INSUFFISANT");
  service_.As("prefet", "financeurs/etat", "paule");
  EXPECT_EQ(service_.Call<v1::Porteur>("RetirerContratEngagement", request).status().code(),
            absl::StatusCode::kInvalidArgument)
      << "it says why";
  request.set_motif("Prosélytisme envers des mineurs");
  const auto withdrawn = service_.Call<v1::Porteur>("RetirerContratEngagement", request);
  ASSERT_TRUE(withdrawn.ok()) << withdrawn.status();
  EXPECT_EQ(withdrawn->cer_retire_par(), "paule");
  EXPECT_EQ(ReasonOf(Deposer("a").status()), "CONTRAT_ENGAGEMENT_ABSENT");
  // Subscribed anew by who may sign for it, and nobody else.
  v1::SouscrireContratEngagementRequest again;
  again.set_name("porteurs/p");
  Date(again.mutable_date(), 2024, 1, 2);
  service_.As("signataire", "porteurs/autre");
  EXPECT_EQ(ReasonOf(service_.Call<v1::Porteur>("SouscrireContratEngagement", again).status()),
            "PERIMETRE_INSUFFISANT");
  const auto subscribed = Souscrire("p", 2024, 1, 2);
  ASSERT_TRUE(subscribed.ok()) << subscribed.status();
  EXPECT_FALSE(subscribed->has_cer_retire_le());
  EXPECT_TRUE(Attester("a").ok());
}

}  // namespace
}  // namespace pdv::actions
