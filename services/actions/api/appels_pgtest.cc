// Appels à projets and the rules of dossiers, through the service.
#include "absl/time/clock.h"
#include "common/status/error.h"
#include "gmock/gmock.h"
#include "services/actions/api/essai_pgtest.h"
#include "services/actions/domain/dates.h"

namespace pdv::actions {
namespace {

using status::ReasonOf;
using ::testing::HasSubstr;

class AppelsTest : public ActionsTest {
 protected:
  const types::Date aujourdhui_ = JourAParis(absl::Now());

  v1::AppelAProjets Appel(types::Date ouverture, types::Date cloture) {
    v1::AppelAProjets appel;
    appel.set_name("appels/herault-2023");
    appel.set_libelle("Hérault 2023");
    appel.add_contrats("contrats/cv110");
    appel.set_exercice(2023);
    appel.add_financeurs("financeurs/etat");
    Ecrire(ouverture, appel.mutable_date_ouverture());
    Ecrire(cloture, appel.mutable_date_cloture());
    auto* critere = appel.add_criteres();
    critere->set_id("mixite");
    critere->set_question("Comment touchez-vous les femmes ?");
    critere->set_note_max(5);
    return appel;
  }
  absl::StatusOr<v1::AppelAProjets> Creer(const v1::AppelAProjets& appel) {
    service_.As("chef_projet");
    v1::CreateAppelAProjetsRequest request;
    *request.mutable_appel() = appel;
    return service_.Call<v1::AppelAProjets>("CreateAppelAProjets", request);
  }
  using ActionsTest::Creer;
  template <class Request>
  absl::StatusOr<v1::AppelAProjets> Mouvoir(const std::string& method) {
    service_.As("prefet", "", "paule");
    Request request;
    request.set_name("appels/herault-2023");
    request.set_motif("Campagne 2023");
    return service_.Call<v1::AppelAProjets>(method, request);
  }
  absl::StatusOr<v1::AppelAProjets> Publier() {
    return Mouvoir<v1::PublierAppelRequest>("PublierAppel");
  }
  absl::StatusOr<v1::AppelAProjets> Rouvrir(types::Date jusquau) {
    service_.As("prefet", "", "paule");
    v1::RouvrirAppelRequest request;
    request.set_name("appels/herault-2023");
    request.set_motif("La plateforme était en panne le dernier jour");
    Ecrire(jusquau, request.mutable_jusquau());
    return service_.Call<v1::AppelAProjets>("RouvrirAppel", request);
  }
  // An action of the appel, waiting for its signataire.
  void Soumettre(const std::string& id) {
    v1::Action action = Action(id);
    action.set_appel("appels/herault-2023");
    const auto created = Creer(action);
    ASSERT_TRUE(created.ok()) << created.status();
    ASSERT_TRUE(ActionsTest::Soumettre(id).ok());
    Budget(id, true);
  }
  v1::EvaluerDossierResponse Evaluer(const std::string& id) {
    v1::EvaluerDossierRequest request;
    request.set_name("actions/" + id);
    const auto found = service_.Call<v1::EvaluerDossierResponse>("EvaluerDossier", request);
    EXPECT_TRUE(found.ok()) << found.status();
    return found.ok() ? *found : v1::EvaluerDossierResponse();
  }
};

TEST_F(AppelsTest, IsWrittenPublishedAndThenFixed) {
  const auto written = Creer(Appel(aujourdhui_, aujourdhui_ + 30));
  ASSERT_TRUE(written.ok()) << written.status();
  EXPECT_EQ(written->etat(), v1::ETAT_APPEL_PREPARATION);
  v1::UpdateAppelAProjetsRequest update;
  update.mutable_appel()->set_name("appels/herault-2023");
  update.mutable_appel()->set_part_qpv_min_points(6000);
  EXPECT_TRUE(service_.Call<v1::AppelAProjets>("UpdateAppelAProjets", update).ok());
  const auto published = Publier();
  ASSERT_TRUE(published.ok()) << published.status();
  EXPECT_EQ(published->etat(), v1::ETAT_APPEL_PUBLIE);
  EXPECT_EQ(published->part_qpv_min_points(), 6000);
  service_.As("chef_projet");
  EXPECT_EQ(ReasonOf(service_.Call<v1::AppelAProjets>("UpdateAppelAProjets", update).status()),
            "APPEL_PUBLIE");
  v1::DeleteAppelAProjetsRequest erase;
  erase.set_name("appels/herault-2023");
  EXPECT_EQ(ReasonOf(service_.Call<v1::AppelAProjets>("DeleteAppelAProjets", erase).status()),
            "APPEL_PUBLIE");
  // Whoever writes.
  const absl::Status sql = service_.sql().Script("UPDATE appel SET exercice = 2024");
  EXPECT_THAT(std::string(sql.message()), HasSubstr("un appel publié ne change plus"));
}

TEST_F(AppelsTest, OnlyTheirRolesMoveIt) {
  ASSERT_TRUE(Creer(Appel(aujourdhui_, aujourdhui_ + 30)).ok());
  v1::RouvrirAppelRequest request;  // has the fields of the others
  request.set_name("appels/herault-2023");
  request.set_motif("x");
  Ecrire(aujourdhui_, request.mutable_jusquau());
  for (const char* role : {"redacteur", "signataire", "chef_projet", "instructeur", "financeur"}) {
    service_.As(role);
    for (const char* method : {"PublierAppel", "CloreAppel", "RouvrirAppel"})
      EXPECT_EQ(ReasonOf(service_.Call<v1::AppelAProjets>(method, request).status()),
                "ROLE_INSUFFISANT");
  }
}

TEST_F(AppelsTest, NamesWhatExistsOnly) {
  v1::AppelAProjets appel = Appel(aujourdhui_, aujourdhui_ + 30);
  appel.add_contrats("contrats/inconnu");
  appel.add_financeurs("financeurs/inconnu");
  const absl::Status refused = Creer(appel).status();
  EXPECT_EQ(ReasonOf(refused), "REFERENCE_INCONNUE");
  v1::Action action = Action("a");
  action.set_appel("appels/inconnu");
  ASSERT_TRUE(Creer(Porteur("p")).ok());
  EXPECT_EQ(ReasonOf(Creer(action).status()), "REFERENCE_INCONNUE");
}

TEST_F(AppelsTest, ALateDepositIsRefusedWithTheDateAndAnOpeningIsTraced) {
  ASSERT_TRUE(Creer(Porteur("p")).ok());
  ASSERT_TRUE(Souscrire("p", 2022, 1, 2).ok());
  ASSERT_TRUE(Creer(Appel(aujourdhui_ - 30, aujourdhui_)).ok());
  Soumettre("a");
  EXPECT_EQ(ReasonOf(Attester("a").status()), "APPEL_FERME");
  ASSERT_TRUE(Publier().ok());
  ASSERT_TRUE(Attester("a").ok());  // on the last day, included

  // The next day, as the tables would have it.
  service_.Script(
      "ALTER TABLE appel DISABLE TRIGGER appel_publie; UPDATE appel SET date_cloture = "
      "date_cloture - 1; ALTER TABLE appel ENABLE TRIGGER appel_publie");
  Soumettre("b");
  const absl::Status late = Attester("b").status();
  EXPECT_EQ(ReasonOf(late), "DEPOT_TARDIF");
  EXPECT_THAT(std::string(late.message()), HasSubstr(types::EcrireDate(aujourdhui_ - 1)));
  const auto closed = Mouvoir<v1::CloreAppelRequest>("CloreAppel");
  ASSERT_TRUE(closed.ok()) << closed.status();
  EXPECT_EQ(closed->clos_par(), "paule");
  EXPECT_TRUE(closed->has_clos_time());
  EXPECT_EQ(ReasonOf(Attester("b").status()), "DEPOT_TARDIF");  // closed too, and it was late first

  EXPECT_EQ(status::ViolationsOf(Rouvrir(aujourdhui_ - 1).status())[0].reason,
            "DATES_INCOHERENTES");
  const auto again = Rouvrir(aujourdhui_ + 2);
  ASSERT_TRUE(again.ok()) << again.status();
  ASSERT_EQ(again->reouvertures_size(), 1);
  EXPECT_EQ(again->reouvertures(0).acteur(), "paule");
  EXPECT_EQ(again->reouvertures(0).motif(), "La plateforme était en panne le dernier jour");
  EXPECT_TRUE(Attester("b").ok());
  const absl::Status rewritten = service_.sql().Script("UPDATE appel SET reouvertures = NULL");
  EXPECT_THAT(std::string(rewritten.message()), HasSubstr("un appel publié ne change plus"));
}

TEST_F(AppelsTest, ADossierThatWasFiledKeepsItsAppel) {
  ASSERT_TRUE(Creer(Porteur("p")).ok());
  ASSERT_TRUE(Souscrire("p", 2022, 1, 2).ok());
  ASSERT_TRUE(Creer(Appel(aujourdhui_, aujourdhui_ + 30)).ok());
  v1::AppelAProjets other = Appel(aujourdhui_, aujourdhui_ + 30);
  other.set_name("appels/autre-2023");
  ASSERT_TRUE(Creer(other).ok());
  ASSERT_TRUE(Publier().ok());
  Soumettre("a");
  ASSERT_TRUE(Attester("a").ok());
  ASSERT_TRUE(Creer(Action("b")).ok());  // answers none
  ASSERT_TRUE(Deposer("b").ok());
  const auto change = [&](const char* action, const char* appel) {
    v1::UpdateActionRequest update;
    update.mutable_action()->set_name(action);
    update.mutable_action()->set_appel(appel);
    update.mutable_update_mask()->add_paths("appel");
    service_.As("redacteur", "porteurs/p");
    return service_.Call<v1::Action>("UpdateAction", update).status();
  };
  for (const absl::Status& refused :
       {change("actions/a", "appels/autre-2023"), change("actions/a", ""),
        change("actions/b", "appels/herault-2023")}) {
    ASSERT_EQ(status::ViolationsOf(refused).size(), 1u) << refused;
    EXPECT_EQ(status::ViolationsOf(refused)[0].field, "action.appel");
    EXPECT_EQ(status::ViolationsOf(refused)[0].reason, "APPEL_DU_DEPOT");
  }
  EXPECT_TRUE(change("actions/a", "appels/herault-2023").ok());  // says the same
  // Before the deposit, it changes freely, both ways.
  ASSERT_TRUE(Creer(Action("c")).ok());
  EXPECT_TRUE(change("actions/c", "appels/herault-2023").ok());
  EXPECT_TRUE(change("actions/c", "appels/autre-2023").ok());
  EXPECT_TRUE(change("actions/c", "").ok());
  // Whoever writes.
  for (const char* sql : {"UPDATE action SET appel = NULL WHERE name = 'actions/a'",
                          "UPDATE action SET appel = 'appels/autre-2023' WHERE name = 'actions/b'"})
    EXPECT_THAT(std::string(service_.sql().Script(sql).message()),
                HasSubstr("ne change pas d'appel"));
}

TEST_F(AppelsTest, ATypoInARuleIsRefusedWhereItIs) {
  v1::AppelAProjets appel = Appel(aujourdhui_, aujourdhui_ + 30);
  const auto regle = [&appel](const char* id, v1::NatureRegle nature,
                              std::vector<std::string> values) {
    auto* one = appel.add_regles();
    one->set_id(id);
    one->set_texte("Ce que dit le règlement.");
    one->set_severite(v1::SEVERITE_REGLE_REFUS);
    one->set_nature(nature);
    for (const std::string& value : values) one->add_valeurs(value);
  };
  regle("thematiques", v1::NATURE_REGLE_THEMATIQUES_ADMISES,
        {"nomenclatures/piliers-2015-2023/thematiques/education",
         "nomenclatures/piliers-2015-2023/thematiques/educaton"});
  regle("quartiers", v1::NATURE_REGLE_QUARTIERS_ADMIS, {"qpv/qp034001", "qpv/qp34001"});
  regle("formes", v1::NATURE_REGLE_FORMES_ADMISES, {"ASSOCIATIONS"});
  std::vector<std::string> fields;
  for (const auto& violation : status::ViolationsOf(Creer(appel).status()))
    fields.push_back(violation.field);
  EXPECT_THAT(fields,
              ::testing::ElementsAre("appel.regles[0].valeurs[1]", "appel.regles[1].valeurs[1]",
                                     "appel.regles[2].valeurs[0]"));
  appel.mutable_regles(0)->mutable_valeurs()->RemoveLast();
  appel.mutable_regles(1)->mutable_valeurs()->RemoveLast();
  appel.mutable_regles(2)->set_valeurs(0, "ASSOCIATION");
  ASSERT_TRUE(Creer(appel).ok());
  // An update that does not repeat the rules finds what they name.
  v1::UpdateAppelAProjetsRequest update;
  update.mutable_appel()->set_name("appels/herault-2023");
  update.mutable_appel()->set_libelle("Hérault, 2023");
  const auto updated = service_.Call<v1::AppelAProjets>("UpdateAppelAProjets", update);
  ASSERT_TRUE(updated.ok()) << updated.status();
  // What was written before this was checked is not published.
  service_.Script("UPDATE appel SET regles = replace(regles::text, 'qp034001', 'qp34001')::jsonb");
  EXPECT_EQ(status::ViolationsOf(Publier().status())[0].field, "appel.regles[1].valeurs[0]");
  service_.Script("UPDATE appel SET regles = replace(regles::text, 'qp34001', 'qp034001')::jsonb");
  EXPECT_TRUE(Publier().ok());
}

TEST_F(AppelsTest, WhatTheActionAnswersIsOfItsAppel) {
  ASSERT_TRUE(Creer(Porteur("p")).ok());
  ASSERT_TRUE(Creer(Appel(aujourdhui_, aujourdhui_ + 30)).ok());
  Soumettre("a");
  // The request does not repeat the appel: the action's own is looked at.
  v1::UpdateActionRequest update;
  update.mutable_action()->set_name("actions/a");
  auto* reponse = update.mutable_action()->add_reponses();
  reponse->set_critere("mixite");
  reponse->set_texte("Par des créneaux réservés");
  service_.As("redacteur", "porteurs/p");
  const auto answered = service_.Call<v1::Action>("UpdateAction", update);
  ASSERT_TRUE(answered.ok()) << answered.status();
  EXPECT_EQ(answered->reponses_size(), 1);
  update.mutable_action()->mutable_reponses(0)->set_critere("autre");
  const absl::Status refused = service_.Call<v1::Action>("UpdateAction", update).status();
  ASSERT_EQ(status::ViolationsOf(refused).size(), 1u) << refused;
  EXPECT_EQ(status::ViolationsOf(refused)[0].reason, "REPONSES_INCOHERENTES");
}

TEST_F(AppelsTest, AnEvaluationTellsEverythingAndBlocksNothing) {
  ASSERT_TRUE(Creer(Porteur("p")).ok());
  v1::AppelAProjets appel = Appel(aujourdhui_, aujourdhui_ + 30);
  appel.set_part_qpv_min_points(9000);
  auto* regle = appel.add_regles();
  regle->set_id("effectif");
  regle->set_texte("Une action vise au moins 50 personnes.");
  regle->set_citation("article 3");
  regle->set_severite(v1::SEVERITE_REGLE_AVERTISSEMENT);
  regle->set_nature(v1::NATURE_REGLE_EFFECTIF_MIN);
  regle->set_valeur(50);
  ASSERT_TRUE(Creer(appel).ok());
  ASSERT_TRUE(Publier().ok());
  Soumettre("a");
  const v1::EvaluerDossierResponse found = Evaluer("a");
  std::vector<std::string> regles;
  for (const auto& constat : found.constats()) regles.push_back(constat.regle());
  EXPECT_THAT(regles, ::testing::ElementsAre("contrat-engagement-republicain", "quartiers",
                                             "appel-part-qpv", "appel:effectif"));
  EXPECT_EQ(found.constats(3).severite(), v1::SEVERITE_REGLE_AVERTISSEMENT);
  // The verb refuses for the refusals, and for nothing else.
  EXPECT_EQ(ReasonOf(Attester("a").status()), "CONTRAT_ENGAGEMENT_ABSENT");
  ASSERT_TRUE(Souscrire("p", 2022, 1, 2).ok());
  EXPECT_EQ(ReasonOf(Attester("a").status()), "PART_QPV_INSUFFISANTE");
  v1::UpdateActionRequest update;
  update.mutable_action()->set_name("actions/a");
  *update.mutable_action()->mutable_publics() = Action("a").publics();
  update.mutable_action()->mutable_publics(0)->set_effectif_qpv(18);
  service_.As("redacteur", "porteurs/p");
  ASSERT_TRUE(service_.Call<v1::Action>("UpdateAction", update).ok());
  const auto filed = Attester("a");
  ASSERT_TRUE(filed.ok()) << filed.status();
  // Before the law of 2022, the engagement was not asked for.
  v1::EvaluerDossierRequest past;
  past.set_name("actions/a");
  Ecrire(types::Date(2022, 1, 1), past.mutable_jour());
  const auto then = service_.Call<v1::EvaluerDossierResponse>("EvaluerDossier", past);
  ASSERT_TRUE(then.ok());
  EXPECT_EQ(then->regles_examinees(), found.regles_examinees() - 2);
  past.set_name("actions/inconnue");
  EXPECT_EQ(service_.Call<v1::EvaluerDossierResponse>("EvaluerDossier", past).status().code(),
            absl::StatusCode::kNotFound);
  const auto table = service_.Call<v1::ListReglesResponse>("ListRegles", v1::ListReglesRequest());
  ASSERT_TRUE(table.ok());
  EXPECT_EQ(table->regles(0).id(), "contrat-engagement-republicain");
}

TEST_F(AppelsTest, CapsAndOwnSharesAreRulesOfTheAppelAlone) {
  ASSERT_TRUE(Creer(Porteur("p")).ok());
  ASSERT_TRUE(Souscrire("p", 2022, 1, 2).ok());
  v1::AppelAProjets appel = Appel(aujourdhui_, aujourdhui_ + 30);
  auto* regle = appel.add_regles();
  regle->set_id("autofinancement");
  regle->set_texte("Le porteur apporte 20 % au moins du budget de son action.");
  regle->set_citation("article 6");
  regle->set_severite(v1::SEVERITE_REGLE_REFUS);
  regle->set_nature(v1::NATURE_REGLE_PART_RESSOURCES_PROPRES_MIN);
  regle->set_valeur(2000);
  auto* plafond = appel.add_regles();
  *plafond = *regle;
  plafond->set_id("aides-publiques");
  plafond->set_texte("Les aides publiques paient 80 % au plus de l'action.");
  plafond->set_nature(v1::NATURE_REGLE_PART_AIDES_PUBLIQUES_MAX);
  plafond->set_valeur(8000);
  ASSERT_TRUE(Creer(appel).ok());
  ASSERT_TRUE(Publier().ok());
  Soumettre("a");
  EXPECT_EQ(ReasonOf(Attester("a").status()), "REGLE_LOCALE");  // neither share is known
  service_.Script(
      "UPDATE miroir_budget SET part_aides_publiques_points = 8001, "
      "part_ressources_propres_points = 2000");
  absl::Status refused = Attester("a").status();
  EXPECT_EQ(status::MetadataOf(refused, "regle"), "appel:aides-publiques");
  EXPECT_THAT(std::string(refused.message()), HasSubstr("80,01 %"));
  service_.Script(
      "UPDATE miroir_budget SET part_aides_publiques_points = 8000, "
      "part_ressources_propres_points = 1999");
  refused = Attester("a").status();
  EXPECT_EQ(status::MetadataOf(refused, "regle"), "appel:autofinancement");
  EXPECT_THAT(std::string(refused.message()), HasSubstr("19,99 %"));
  service_.Script("UPDATE miroir_budget SET part_ressources_propres_points = 2000");
  EXPECT_TRUE(Attester("a").ok());
}

TEST_F(AppelsTest, APieceThatLacksStopsTheCompletenessAlone) {
  ASSERT_TRUE(Creer(Porteur("p")).ok());
  ASSERT_TRUE(Souscrire("p", 2022, 1, 2).ok());
  v1::AppelAProjets appel = Appel(aujourdhui_, aujourdhui_ + 30);
  auto* piece = appel.add_pieces();
  piece->set_code("rib");
  piece->set_libelle("Relevé d'identité bancaire");
  piece->set_obligatoire(true);
  ASSERT_TRUE(Creer(appel).ok());
  ASSERT_TRUE(Publier().ok());
  Soumettre("a");
  ASSERT_TRUE(Attester("a").ok());
  const absl::Status incomplete =
      Faire<v1::DeclarerCompleteRequest>(Verbe::kDeclarerComplete, "a").status();
  EXPECT_EQ(ReasonOf(incomplete), "PIECE_ABSENTE");
  EXPECT_THAT(std::string(incomplete.message()), HasSubstr("Relevé d'identité bancaire"));
}

TEST_F(AppelsTest, APieceIsOfTheNatureThatTheAppelAsksFor) {
  ASSERT_TRUE(Creer(Porteur("p")).ok());
  ASSERT_TRUE(Souscrire("p", 2022, 1, 2).ok());
  const std::string print(64, 'a');
  service_.Script(
      "INSERT INTO contenu_document (porteur, empreinte, taille_octets, lieu) VALUES "
      "('porteurs/p', '" +
      print +
      "', 10, 'postgres'); INSERT INTO document (name, uid, revision, create_time, update_time, "
      "porteur, nature, titre, type_contenu, taille_octets, empreinte, deposant) VALUES "
      "('porteurs/p/documents/d', 'u', 1, now(), now(), 'porteurs/p', 'STATUTS', 'Statuts', "
      "'application/pdf', 10, '" +
      print + "', 'alice')");
  v1::AppelAProjets appel = Appel(aujourdhui_, aujourdhui_ + 30);
  auto* piece = appel.add_pieces();
  piece->set_code("rib");
  piece->set_libelle("Relevé d'identité bancaire");
  piece->set_obligatoire(true);
  piece->set_nature(v1::NATURE_DOCUMENT_RIB);
  ASSERT_TRUE(Creer(appel).ok());
  ASSERT_TRUE(Publier().ok());
  v1::Action action = Action("a");
  action.set_appel("appels/herault-2023");
  auto* joined = action.add_pieces();
  joined->set_code("rib");
  joined->set_document("porteurs/p/documents/d");
  ASSERT_TRUE(Creer(action).ok());
  ASSERT_TRUE(Deposer("a").ok());
  const absl::Status refused =
      Faire<v1::DeclarerCompleteRequest>(Verbe::kDeclarerComplete, "a").status();
  EXPECT_EQ(ReasonOf(refused), "PIECE_DIFFERENTE");
  EXPECT_EQ(status::MetadataOf(refused, "champ"), "pieces[0].document");
  const v1::EvaluerDossierResponse found = Evaluer("a");
  ASSERT_FALSE(found.constats().empty());
  EXPECT_EQ(found.constats(found.constats_size() - 1).champ(), "pieces[0].document");
}

}  // namespace
}  // namespace pdv::actions
