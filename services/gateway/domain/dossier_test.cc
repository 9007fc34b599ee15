#include "services/gateway/domain/dossier.h"

#include "common/status/error.h"
#include "gmock/gmock.h"

namespace pdv::gateway {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::StartsWith;

v1::DeposerDossierRequest Demande() {
  actions::v1::Action action;
  action.set_intitule("Aide aux leçons");
  action.set_porteur("porteurs/p");
  action.set_exercice(2023);
  action.set_type(actions::v1::TYPE_ACTION_ACTION);
  financement::v1::Budget budget;
  auto* line = budget.add_lignes();
  line->set_compte("641");
  line->set_montant_centimes(100);
  financement::v1::Ligne ligne;
  ligne.set_financeur("financeurs/etat");
  ligne.set_demande_specifiques_centimes(100);
  v1::DeposerDossierRequest request;
  request.set_request_id("d1");
  request.set_action_id("2023-1");
  request.mutable_action()->PackFrom(action);
  request.mutable_budget()->PackFrom(budget);
  request.add_lignes()->PackFrom(ligne);
  return request;
}

Dossier Nomme(const v1::DeposerDossierRequest& request) {
  auto dossier = LireDossier(request);
  EXPECT_TRUE(dossier.ok()) << dossier.status();
  Nommer("actions/2023-1", &*dossier);
  return *std::move(dossier);
}

void Demander(const std::string& financeur, int64_t centimes, v1::DeposerDossierRequest* request) {
  financement::v1::Ligne ligne;
  ligne.set_financeur(financeur);
  ligne.set_demande_specifiques_centimes(centimes);
  request->add_lignes()->PackFrom(ligne);
}

TEST(DossierTest, EachStepHasItsRequestAndItsId) {
  const Dossier dossier = Nomme(Demande());
  EXPECT_EQ(dossier.action.request_id(), "d1/action");
  EXPECT_EQ(CreationBudget(dossier).request_id(), "d1/budget");
  EXPECT_EQ(CreationBudget(dossier).budget_id(), "2023-1");
  EXPECT_EQ(CreationBudget(dossier).budget().action(), "actions/2023-1");
  financement::v1::Budget known;
  known.set_etag("3");
  EXPECT_EQ(CorrectionBudget(dossier, known).budget().name(), "budgets/2023-1");
  EXPECT_EQ(CorrectionBudget(dossier, known).budget().etag(), "3");
  EXPECT_THAT(CorrectionBudget(dossier, known).request_id(), StartsWith("d1/budget/"));
  EXPECT_EQ(Correction(dossier).request_id(), "d1/corriger");
  EXPECT_EQ(Correction(dossier).action().name(), "actions/2023-1");
  const Demandes asked = DemandesQuiManquent(dossier, {});
  ASSERT_EQ(asked.nouvelles.requests_size(), 1);
  EXPECT_THAT(asked.nouvelles.request_id(), StartsWith("d1/lignes/"));
  EXPECT_EQ(asked.nouvelles.requests(0).ligne_id(), "2023-1-etat");
  EXPECT_EQ(asked.nouvelles.requests(0).ligne().action(), "actions/2023-1");
}

TEST(DossierTest, TheIdsOfTheStepsFitTheServicesWhateverTheCallersId) {
  v1::DeposerDossierRequest request = Demande();
  request.set_request_id(std::string(80, 'x'));
  const Dossier dossier = Nomme(request);
  EXPECT_LE(DemandesQuiManquent(dossier, {}).nouvelles.request_id().size(), 100u);
  EXPECT_LE(Correction(dossier).request_id().size(), 100u);
}

TEST(DossierTest, TheFirstStepDiffersWhereverTheRequestDiffers) {
  const std::string same = LireDossier(Demande())->action.action().uid();
  v1::DeposerDossierRequest other = Demande();
  other.set_request_id("d2");  // the id is no input
  EXPECT_EQ(LireDossier(other)->action.action().uid(), same);
  other = Demande();
  other.set_attester(true);
  EXPECT_NE(LireDossier(other)->action.action().uid(), same);
  other = Demande();
  Demander("financeurs/caf-34", 5, &other);
  EXPECT_NE(LireDossier(other)->action.action().uid(), same);
}

TEST(DossierTest, OnlyWhatLacksIsAskedOfTheFunders) {
  v1::DeposerDossierRequest request = Demande();
  Demander("financeurs/caf-34", 200, &request);
  Demander("financeurs/region-76", 300, &request);
  const Dossier dossier = Nomme(request);
  financement::v1::Ligne etat, caf, commune;
  etat.set_name("lignes/2023-1-etat");
  etat.set_financeur("financeurs/etat");
  etat.set_demande_specifiques_centimes(100);
  caf.set_name("lignes/2023-1-caf-34");
  caf.set_financeur("financeurs/caf-34");
  caf.set_demande_specifiques_centimes(150);
  caf.set_etag("7");
  commune.set_name("lignes/2023-1-commune");
  commune.set_financeur("financeurs/commune");
  commune.set_demande_droit_commun_centimes(70);
  const Demandes asked = DemandesQuiManquent(dossier, {etat, caf, commune});
  ASSERT_EQ(asked.nouvelles.requests_size(), 1);
  EXPECT_EQ(asked.nouvelles.requests(0).ligne().financeur(), "financeurs/region-76");
  EXPECT_THAT(asked.rangs, ElementsAre(2));
  ASSERT_EQ(asked.changees.size(), 2u);
  EXPECT_EQ(asked.changees[0].requete.ligne().name(), "lignes/2023-1-caf-34");
  EXPECT_EQ(asked.changees[0].requete.ligne().demande_specifiques_centimes(), 200);
  EXPECT_EQ(asked.changees[0].requete.ligne().etag(), "7");
  EXPECT_EQ(asked.changees[0].rang, 1);
  // A funder who is no longer named is asked nothing.
  EXPECT_EQ(asked.changees[1].requete.ligne().name(), "lignes/2023-1-commune");
  EXPECT_EQ(asked.changees[1].requete.ligne().demande_droit_commun_centimes(), 0);
  EXPECT_EQ(asked.changees[1].rang, -1);
}

// The day is the service's, unless the deposit says it.
TEST(DossierTest, ADayThatIsSaidIsADifference) {
  v1::DeposerDossierRequest request = Demande();
  financement::v1::Ligne known;
  ASSERT_TRUE(request.lignes(0).UnpackTo(&known));
  known.set_name("lignes/2023-1-etat");
  known.mutable_demande_le()->set_year(2022);
  EXPECT_TRUE(DemandesQuiManquent(Nomme(request), {known}).aucune());
  financement::v1::Ligne said = known;
  said.clear_name();
  said.mutable_demande_le()->set_year(2023);
  said.mutable_demande_le()->set_month(1);
  said.mutable_demande_le()->set_day(2);
  request.mutable_lignes(0)->PackFrom(said);
  const Demandes asked = DemandesQuiManquent(Nomme(request), {known});
  ASSERT_EQ(asked.changees.size(), 1u);
  EXPECT_EQ(asked.changees[0].requete.ligne().demande_le().year(), 2023);
}

TEST(DossierTest, WhatServicesFillInIsNoDifference) {
  const Dossier dossier = Nomme(Demande());
  actions::v1::Action now = dossier.action.action();
  now.set_uid("u");
  now.set_etag("4");
  now.set_etat(actions::v1::ETAT_ACTION_DEPOSEE);
  now.set_departement("departements/34");
  EXPECT_TRUE(MemeAction(dossier, now));
  now.set_objet("autre");
  EXPECT_FALSE(MemeAction(dossier, now));
  financement::v1::Budget budget = dossier.budget;
  budget.set_plan("plans-comptables/cerfa");
  budget.set_equilibre(true);
  EXPECT_TRUE(MemeBudget(dossier, budget));
  budget.mutable_lignes(0)->set_montant_centimes(99);
  EXPECT_FALSE(MemeBudget(dossier, budget));
}

TEST(DossierTest, ADepositSaysNothingThatIsTheFunders) {
  v1::DeposerDossierRequest request = Demande();
  financement::v1::Ligne ligne;
  request.lignes(0).UnpackTo(&ligne);
  ligne.set_enveloppe("enveloppes/e");
  ligne.set_vote_specifiques_centimes(100);
  ligne.set_ej("2100000000");
  ligne.set_source("ANCT");
  ligne.mutable_vote_le()->set_year(2023);
  ligne.mutable_vote_le()->set_month(1);
  ligne.mutable_vote_le()->set_day(1);
  request.mutable_lignes(0)->PackFrom(ligne);
  Demander("financeurs/etat", 1, &request);
  const auto violations = status::ViolationsOf(LireDossier(request).status());
  for (const char* field : {"enveloppe", "vote_specifiques_centimes", "ej", "source", "vote_le"})
    EXPECT_THAT(violations, Contains(AllOf(Field(&status::Violation::field,
                                                 std::string("lignes[0].") + field),
                                           Field(&status::Violation::reason, "CHAMP_HORS_DEPOT"))))
        << field;
  EXPECT_THAT(violations, Contains(Field(&status::Violation::reason, "FINANCEUR_EN_DOUBLE")));
  EXPECT_EQ(violations.size(), 6u);
}

TEST(DossierTest, EverythingWrongInTheThreePartsIsToldAtOnce) {
  v1::DeposerDossierRequest request = Demande();
  actions::v1::Action action;
  request.mutable_action()->PackFrom(action);
  request.mutable_budget()->PackFrom(action);  // another message
  financement::v1::Ligne ligne;
  ligne.set_demande_specifiques_centimes(-1);
  request.mutable_lignes(0)->PackFrom(ligne);
  const auto violations = status::ViolationsOf(LireDossier(request).status());
  for (const char* field : {"action.intitule", "action.porteur", "budget", "lignes[0].financeur",
                            "lignes[0].demande_specifiques_centimes"})
    EXPECT_THAT(violations, Contains(Field(&status::Violation::field, field))) << field;
}

}  // namespace
}  // namespace pdv::gateway
