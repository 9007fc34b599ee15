// The methods of the service, called as the gateway calls them.
#include "absl/time/clock.h"
#include "common/status/error.h"
#include "services/actions/api/essai_pgtest.h"

namespace pdv::actions {
namespace {

using status::ReasonOf;

TEST_F(ActionsTest, AnActionGoesFromDraftToProgrammation) {
  ASSERT_TRUE(Creer(Porteur("p")).ok());
  const auto draft = Creer(Action("a"));
  ASSERT_TRUE(draft.ok()) << draft.status();
  EXPECT_EQ(draft->etat(), v1::ETAT_ACTION_BROUILLON);
  EXPECT_EQ(draft->departement(), "departements/34");
  EXPECT_EQ(draft->region(), "regions/76");

  ASSERT_TRUE(Soumettre("a").ok());
  EXPECT_EQ(ReasonOf(Attester("a").status()), "CONTRAT_ENGAGEMENT_ABSENT");
  ASSERT_TRUE(Souscrire("p", 2022, 1, 2).ok());
  EXPECT_EQ(ReasonOf(Attester("a").status()), "BUDGET_ABSENT");
  Budget("a", false);
  EXPECT_EQ(ReasonOf(Attester("a").status()), "BUDGET_DESEQUILIBRE");
  Budget("a", true);
  const auto filed = Attester("a");
  ASSERT_TRUE(filed.ok()) << filed.status();
  EXPECT_EQ(filed->etat(), v1::ETAT_ACTION_DEPOSEE);
  EXPECT_EQ(filed->attestations(0).budget_etag(), "2");
  EXPECT_EQ(ReasonOf(Attester("a").status()), "TRANSITION_INTERDITE");

  ASSERT_TRUE(Instruire("a").ok());
  const auto put_off = Faire<v1::AjournerActionRequest>(Verbe::kAjourner, "a");
  ASSERT_TRUE(put_off.ok());
  EXPECT_EQ(put_off->motif(), "Avis du comité");
  ASSERT_TRUE(Faire<v1::ReprendreActionRequest>(Verbe::kReprendre, "a").ok());
  Ligne("a", "etat", "VOTEE");
  const auto programmed = Faire<v1::ProgrammerActionRequest>(Verbe::kProgrammer, "a");
  ASSERT_TRUE(programmed.ok());
  EXPECT_EQ(programmed->etat(), v1::ETAT_ACTION_PROGRAMMEE);
  EXPECT_EQ(programmed->etag(), "8");
  EXPECT_EQ(ReasonOf(Faire<v1::AbandonnerActionRequest>(Verbe::kAbandonner, "a").status()),
            "TRANSITION_INTERDITE");
}

TEST_F(ActionsTest, ARefusalSaysWhy) {
  ASSERT_TRUE(Creer(Porteur("p")).ok());
  ASSERT_TRUE(Creer(Action("a")).ok());
  service_.As("prefet");
  v1::RefuserActionRequest silent;
  silent.set_name("actions/a");
  const absl::Status refused = service_.Call<v1::Action>("RefuserAction", silent).status();
  ASSERT_EQ(status::ViolationsOf(refused).size(), 1u);
  EXPECT_EQ(status::ViolationsOf(refused)[0].field, "motif");
}

TEST_F(ActionsTest, AForeignThematiqueIsAdmittedByItsMapping) {
  ASSERT_TRUE(Creer(Porteur("p")).ok());
  ASSERT_TRUE(Souscrire("p", 2022, 1, 2).ok());
  v1::Action mapped = Action("a");
  mapped.set_thematique("nomenclatures/national-2020-2023/thematiques/1-1");
  ASSERT_TRUE(Creer(mapped).ok());
  EXPECT_TRUE(Deposer("a").ok());
  service_.Script("DELETE FROM miroir_correspondance");
  mapped.set_name("actions/b");
  ASSERT_TRUE(Creer(mapped).ok());
  EXPECT_EQ(ReasonOf(Deposer("b").status()), "THEMATIQUE_ETRANGERE");
}

TEST_F(ActionsTest, OnlyADraftIsDeletedAndTheRefusalSaysWhy) {
  ASSERT_TRUE(Creer(Porteur("p")).ok());
  ASSERT_TRUE(Souscrire("p", 2022, 1, 2).ok());
  ASSERT_TRUE(Creer(Action("a")).ok());
  const auto refusal = [&] {
    v1::DeleteActionRequest erase;
    erase.set_name("actions/a");
    service_.As("redacteur", "porteurs/p");
    const absl::Status refused = service_.Call<v1::Action>("DeleteAction", erase).status();
    EXPECT_EQ(ReasonOf(refused), "ACTION_DEPOSEE") << refused;
    return std::string(refused.message());
  };
  ASSERT_TRUE(Soumettre("a").ok());
  EXPECT_EQ(refusal(),
            "Une action en attente d'attestation ne s'efface pas : seul un brouillon "
            "s'efface.");
  Budget("a", true);
  ASSERT_TRUE(Attester("a").ok());
  EXPECT_EQ(refusal(), "Une action déposée ne s'efface pas : seul un brouillon s'efface.");
  ASSERT_TRUE(Faire<v1::AbandonnerActionRequest>(Verbe::kAbandonner, "a").ok());
  EXPECT_EQ(refusal(), "Une action abandonnée ne s'efface pas : seul un brouillon s'efface.");
}

TEST_F(ActionsTest, ADraftThatFundersWereAskedForIsGivenUpNotDeleted) {
  ASSERT_TRUE(Creer(Porteur("p")).ok());
  ASSERT_TRUE(Creer(Action("a")).ok());
  Ligne("a", "caf", "DEMANDEE");
  v1::DeleteActionRequest erase;
  erase.set_name("actions/a");
  const absl::Status refused = service_.Call<v1::Action>("DeleteAction", erase).status();
  EXPECT_EQ(ReasonOf(refused), "LIGNES_DEMANDEES") << refused;
  EXPECT_EQ(status::MetadataOf(refused, "lignes"), "1");
  EXPECT_TRUE(Faire<v1::AbandonnerActionRequest>(Verbe::kAbandonner, "a").ok());
  // One that nobody was asked for goes.
  ASSERT_TRUE(Creer(Action("b")).ok());
  erase.set_name("actions/b");
  EXPECT_TRUE(service_.Call<v1::Action>("DeleteAction", erase).ok());
}

TEST_F(ActionsTest, AnUpdateThatCreatesAsksForAllThatACreationDoes) {
  ASSERT_TRUE(Creer(Porteur("p")).ok());
  v1::UpdateActionRequest update;
  *update.mutable_action() = Action("a");
  update.mutable_action()->clear_exercice();
  update.set_allow_missing(true);
  service_.As("redacteur", "porteurs/p");
  const absl::Status refused = service_.Call<v1::Action>("UpdateAction", update).status();
  ASSERT_EQ(status::ViolationsOf(refused).size(), 1u) << refused;
  EXPECT_EQ(status::ViolationsOf(refused)[0].field, "action.exercice");
  update.mutable_action()->set_exercice(2023);
  EXPECT_TRUE(service_.Call<v1::Action>("UpdateAction", update).ok());
  // Once it is there, an update is of what it says.
  update.mutable_action()->clear_exercice();
  const auto changed = service_.Call<v1::Action>("UpdateAction", update);
  ASSERT_TRUE(changed.ok()) << changed.status();
  EXPECT_EQ(changed->exercice(), 2023);
}

TEST_F(ActionsTest, APlaceFollowsItsContrat) {
  ASSERT_TRUE(Creer(Porteur("p")).ok());
  ASSERT_TRUE(Creer(Action("a")).ok());
  v1::UpdateActionRequest update;
  update.mutable_action()->set_name("actions/a");
  update.mutable_action()->set_contrat("contrats/cv043");
  const auto moved = service_.Call<v1::Action>("UpdateAction", update);
  ASSERT_TRUE(moved.ok()) << moved.status();
  EXPECT_EQ(moved->departement(), "");  // CV043 lies in two: nothing is guessed
  EXPECT_EQ(moved->region(), "regions/93");
}

TEST_F(ActionsTest, APlaceFollowsItsQuartiersUnlessTheSourceSaidIt) {
  service_.Script(
      "INSERT INTO miroir_qpv (name, revision, departement, region) VALUES "
      "('qpv/qp084001', 1, 'departements/84', 'regions/93')");
  ASSERT_TRUE(Creer(Porteur("p")).ok());
  v1::Action action = Action("a");
  action.set_contrat("contrats/cv043");  // in two départements
  Part(&action, "qpv/qp084001", 10'000);
  const auto told = Creer(action);
  ASSERT_TRUE(told.ok()) << told.status();
  EXPECT_EQ(told->departement(), "departements/84");
  v1::UpdateActionRequest update;
  update.mutable_action()->set_name("actions/a");
  Part(update.mutable_action(), "qpv/qp034001", 10'000);
  auto moved = service_.Call<v1::Action>("UpdateAction", update);
  ASSERT_TRUE(moved.ok()) << moved.status();
  EXPECT_EQ(moved->departement(), "departements/34");
  // What the source says is not what they tell: it stays.
  update.mutable_action()->clear_quartiers();
  update.mutable_action()->set_departement("departements/13");
  ASSERT_TRUE(service_.Call<v1::Action>("UpdateAction", update).ok());
  update.mutable_action()->clear_departement();
  Part(update.mutable_action(), "qpv/qp084001", 10'000);
  moved = service_.Call<v1::Action>("UpdateAction", update);
  ASSERT_TRUE(moved.ok()) << moved.status();
  EXPECT_EQ(moved->departement(), "departements/13");
}

TEST_F(ActionsTest, OneOrganisationPerIdentifier) {
  v1::Porteur one = Porteur("un");
  one.set_identification(v1::IDENTIFICATION_PORTEUR_SIRET);
  one.set_siret("77554402601284");
  ASSERT_TRUE(Creer(one).ok());
  v1::Porteur twin = one;
  twin.set_name("porteurs/deux");
  EXPECT_EQ(ReasonOf(Creer(twin).status()), "PORTEUR_EXISTANT");
  v1::DeletePorteurRequest erase;
  erase.set_name("porteurs/un");
  ASSERT_TRUE(service_.Call<v1::Porteur>("DeletePorteur", erase).ok());
  EXPECT_TRUE(Creer(twin).ok());
}

TEST_F(ActionsTest, APorteurWithActionsIsNotDeleted) {
  ASSERT_TRUE(Creer(Porteur("p")).ok());
  ASSERT_TRUE(Creer(Action("a")).ok());
  v1::DeletePorteurRequest erase;
  erase.set_name("porteurs/p");
  EXPECT_EQ(ReasonOf(service_.Call<v1::Porteur>("DeletePorteur", erase).status()),
            "PORTEUR_AVEC_ACTIONS");
  v1::DeleteActionRequest first;
  first.set_name("actions/a");
  ASSERT_TRUE(service_.Call<v1::Action>("DeleteAction", first).ok());
  EXPECT_TRUE(service_.Call<v1::Porteur>("DeletePorteur", erase).ok());
  EXPECT_EQ(ReasonOf(Creer(Action("b")).status()), "REFERENCE_INCONNUE");
}

TEST_F(ActionsTest, AStateIsGivenByAnImportOnly) {
  ASSERT_TRUE(Creer(Porteur("p")).ok());
  v1::Action past = Action("a");
  past.set_etat_importe(v1::ETAT_ACTION_PROGRAMMEE);
  const absl::Status refused = Creer(past).status();
  ASSERT_EQ(status::ViolationsOf(refused).size(), 1u);
  EXPECT_EQ(status::ViolationsOf(refused)[0].reason, "ETAT_RESERVE_IMPORT");
}

TEST_F(ActionsTest, AnImportStatesThePastAndUndoesNothing) {
  ASSERT_TRUE(Creer(Porteur("p")).ok());
  v1::Action past = Action("a");
  past.clear_contrat();
  past.set_contrat_source("CV380CV384");
  past.set_etat_importe(v1::ETAT_ACTION_EN_INSTRUCTION);
  v1::Action orphan = Action("b", "inconnu");
  const auto report = Importer({past, orphan});
  ASSERT_TRUE(report.ok()) << report.status();
  EXPECT_EQ(report->crees(), 1);
  ASSERT_EQ(report->constats_size(), 1);
  EXPECT_EQ(report->constats(0).raison(), "REFERENCE_INCONNUE");
  EXPECT_EQ(service_.Number("SELECT count(*) FROM action WHERE etat = 'EN_INSTRUCTION'"), 1);

  // The same again changes nothing, before and after the suite took the action further.
  EXPECT_EQ(Importer({past})->inchanges(), 1);
  Ligne("a", "etat", "VOTEE");
  ASSERT_TRUE(Faire<v1::ProgrammerActionRequest>(Verbe::kProgrammer, "a").ok());
  EXPECT_EQ(Importer({past})->inchanges(), 1);
  EXPECT_EQ(service_.Number("SELECT count(*) FROM action WHERE etat = 'PROGRAMMEE'"), 1);
  // A newer statement is taken over.
  past.set_etat_importe(v1::ETAT_ACTION_SOLDEE);
  EXPECT_EQ(Importer({past})->modifies(), 1);
  EXPECT_EQ(service_.Number("SELECT count(*) FROM action WHERE etat = 'SOLDEE'"), 1);
}

TEST_F(ActionsTest, WhatWasWrittenHereOutlivesTheSameStatement) {
  ASSERT_TRUE(Creer(Porteur("p")).ok());
  ASSERT_TRUE(Souscrire("p", 2022, 1, 2).ok());
  v1::Action past = Action("a");
  past.set_etat_importe(v1::ETAT_ACTION_EN_INSTRUCTION);
  ASSERT_EQ(Importer({past})->crees(), 1);
  v1::UpdateActionRequest update;
  update.mutable_action()->set_name("actions/a");
  update.mutable_action()->set_objet("Deux séances par semaine");
  service_.As("redacteur", "porteurs/p");
  ASSERT_TRUE(service_.Call<v1::Action>("UpdateAction", update).ok());
  const auto again = Importer({past});
  ASSERT_TRUE(again.ok());
  EXPECT_EQ(again->inchanges(), 1);
  EXPECT_EQ(service_.Number("SELECT count(*) FROM action WHERE objet = 'Deux séances par semaine' "
                            "AND revision = 2"),
            1);
  // Attested here, it is the suite's: the same statement changes nothing, a newer one is refused.
  Budget("a", true);
  ASSERT_TRUE(Attester("a").ok());
  EXPECT_EQ(Importer({past})->inchanges(), 1);
  past.set_intitule("Un autre titre");
  const auto newer = Importer({past});
  ASSERT_TRUE(newer.ok());
  ASSERT_EQ(newer->rejetes(), 1);
  EXPECT_EQ(newer->constats(0).raison(), "ACTION_DEPOSEE");
  EXPECT_EQ(service_.Number("SELECT count(*) FROM action WHERE intitule = 'Soutien scolaire' AND "
                            "etat = 'DEPOSEE'"),
            1);
}

// A source corrects who carried an action; what people filed here stays theirs.
TEST_F(ActionsTest, AnImportRestatesThePorteurOfWhatWasNeverFiledHere) {
  ASSERT_TRUE(Creer(Porteur("p")).ok());
  ASSERT_TRUE(Creer(Porteur("q")).ok());
  ASSERT_TRUE(Souscrire("q", 2022, 1, 2).ok());
  v1::Action past = Action("a");
  past.set_etat_importe(v1::ETAT_ACTION_EN_INSTRUCTION);
  ASSERT_EQ(Importer({past})->crees(), 1);
  past.set_porteur("porteurs/q");
  EXPECT_EQ(Importer({past})->modifies(), 1);
  EXPECT_EQ(service_.Number("SELECT count(*) FROM action WHERE porteur = 'porteurs/q'"), 1);
  // Attested here, it has a deposit of its own.
  v1::UpdateActionRequest update;
  update.mutable_action()->set_name("actions/a");
  update.mutable_action()->set_objet("Deux séances par semaine");
  service_.As("redacteur", "porteurs/q");
  ASSERT_TRUE(service_.Call<v1::Action>("UpdateAction", update).ok());
  Budget("a", true);
  const auto filed = Faire<v1::AttesterActionRequest>(Verbe::kAttester, "a", "q");
  ASSERT_TRUE(filed.ok()) << filed.status();
  past.set_porteur("porteurs/p");
  const auto again = Importer({past});
  ASSERT_EQ(again->rejetes(), 1);
  EXPECT_EQ(again->constats(0).raison(), "ACTION_DEPOSEE");
  EXPECT_EQ(service_.Number("SELECT count(*) FROM action WHERE porteur = 'porteurs/q'"), 1);
}

TEST_F(ActionsTest, EverythingThatIsWrongIsSaidAtOnce) {
  ASSERT_TRUE(Creer(Porteur("p")).ok());
  v1::Action action = Action("a");
  action.set_etat_importe(v1::ETAT_ACTION_PROGRAMMEE);
  action.mutable_publics(0)->set_effectif_qpv(21);
  auto* reponse = action.add_reponses();
  reponse->set_critere("mixite");
  reponse->set_texte("Par des créneaux réservés");
  const absl::Status refused = Creer(action).status();
  std::vector<std::string> fields;
  for (const auto& violation : status::ViolationsOf(refused)) fields.push_back(violation.field);
  EXPECT_EQ(fields,
            (std::vector<std::string>{"action.publics[0].effectif_qpv",
                                      "action.reponses[0].critere", "action.etat_importe"}));
  // Whose it is comes before what it says.
  action.set_porteur("porteurs/p");
  service_.As("redacteur", "porteurs/autre");
  v1::CreateActionRequest request;
  *request.mutable_action() = action;
  EXPECT_EQ(ReasonOf(service_.Call<v1::Action>("CreateAction", request).status()),
            "PERIMETRE_INSUFFISANT");
}

// A kind after the other: what is no request is not looked up, what cites nothing is not judged.
TEST_F(ActionsTest, EachKindOfMistakeIsToldInItsTurn) {
  ASSERT_TRUE(Creer(Porteur("p")).ok());
  v1::Action action = Action("a");
  action.set_exercice(1492);
  action.set_thematique("nomenclatures/piliers-2015-2023/thematiques/inconnue");
  Part(&action, "qpv/qp034001", 9000);
  absl::Status refused = Creer(action).status();
  ASSERT_EQ(status::ViolationsOf(refused).size(), 1u) << refused;
  EXPECT_EQ(status::ViolationsOf(refused)[0].field, "action.exercice");
  action.set_exercice(2023);
  refused = Creer(action).status();
  EXPECT_EQ(ReasonOf(refused), "REFERENCE_INCONNUE");
  EXPECT_EQ(status::MetadataOf(refused, "champ"), "thematique");
  action.set_thematique("nomenclatures/piliers-2015-2023/thematiques/sante");
  refused = Creer(action).status();
  ASSERT_EQ(status::ViolationsOf(refused).size(), 1u) << refused;
  EXPECT_EQ(status::ViolationsOf(refused)[0].reason, "PARTS_INCOHERENTES");
}

TEST_F(ActionsTest, AStrangerLearnsNothingOfADossier) {
  ASSERT_TRUE(Creer(Porteur("p")).ok());
  ASSERT_TRUE(Creer(Action("a")).ok());
  v1::SoumettreActionRequest request;
  request.set_name("actions/a");
  request.set_etag("7");  // not the present one
  service_.As("redacteur", "porteurs/autre");
  EXPECT_EQ(ReasonOf(service_.Call<v1::Action>("SoumettreAction", request).status()),
            "PERIMETRE_INSUFFISANT");
  service_.As("redacteur", "porteurs/p");
  EXPECT_EQ(ReasonOf(service_.Call<v1::Action>("SoumettreAction", request).status()),
            "ETAG_PERIME");
}

TEST_F(ActionsTest, AnImportLeavesAFiledActionAlone) {
  ASSERT_TRUE(Creer(Porteur("p")).ok());
  ASSERT_TRUE(Souscrire("p", 2022, 1, 2).ok());
  ASSERT_TRUE(Creer(Action("a")).ok());
  ASSERT_TRUE(Deposer("a").ok());
  v1::Action past = Action("a");
  past.set_etat_importe(v1::ETAT_ACTION_SOLDEE);
  const auto report = Importer({past});
  ASSERT_TRUE(report.ok());
  ASSERT_EQ(report->rejetes(), 1);
  EXPECT_EQ(report->constats(0).raison(), "ACTION_DEPOSEE");
}

TEST_F(ActionsTest, TheJournalNamesTheResourceAndTheMethod) {
  ASSERT_TRUE(Creer(Porteur("p")).ok());
  v1::ListEvenementsRequest request;
  // The journal is read below the oldest transaction still running in the cluster, which other
  // tests share: the event is there once they are over.
  auto page = service_.Call<commun::type::v1::PageEvenements>("ListEvenements", request);
  for (int i = 0; i < 200 && page.ok() && page->evenements().empty(); ++i) {
    absl::SleepFor(absl::Milliseconds(50));
    page = service_.Call<commun::type::v1::PageEvenements>("ListEvenements", request);
  }
  ASSERT_TRUE(page.ok()) << page.status();
  ASSERT_EQ(page->evenements_size(), 1);
  EXPECT_EQ(page->evenements(0).name(), "porteurs/p");
  EXPECT_EQ(page->evenements(0).methode(), "pdv.actions.v1.ActionsService/CreatePorteur");
}

}  // namespace
}  // namespace pdv::actions
