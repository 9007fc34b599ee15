// The life of an appel à projets, through the service.
#include "services/actions/api/appels_pgtest.h"

namespace pdv::actions {
namespace {

using status::ReasonOf;
using ::testing::HasSubstr;

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

TEST_F(AppelsTest, AnUpdateWithoutMaskStoresWholeCriteriaOnly) {
  ASSERT_TRUE(Creer(Appel(aujourdhui_, aujourdhui_ + 30)).ok());
  v1::UpdateAppelAProjetsRequest update;
  update.mutable_appel()->set_name("appels/herault-2023");
  auto* critere = update.mutable_appel()->add_criteres();
  critere->set_question("Combien de femmes ?");
  critere->set_reponse_obligatoire(true);
  const absl::Status refused =
      service_.Call<v1::AppelAProjets>("UpdateAppelAProjets", update).status();
  ASSERT_EQ(status::ViolationsOf(refused).size(), 1u) << refused;
  EXPECT_EQ(status::ViolationsOf(refused)[0].field, "appel.criteres[0].id");
  critere->set_id("femmes");
  EXPECT_TRUE(service_.Call<v1::AppelAProjets>("UpdateAppelAProjets", update).ok());
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

TEST_F(AppelsTest, ADossierThatWasFiledStaysItsPorteurs) {
  ASSERT_TRUE(Creer(Porteur("p")).ok());
  ASSERT_TRUE(Creer(Porteur("q")).ok());
  ASSERT_TRUE(Souscrire("p", 2022, 1, 2).ok());
  ASSERT_TRUE(Creer(Appel(aujourdhui_, aujourdhui_ + 30)).ok());
  ASSERT_TRUE(Publier().ok());
  Soumettre("a");
  ASSERT_TRUE(Attester("a").ok());
  const auto give = [&](const char* action, const char* porteur) {
    v1::UpdateActionRequest update;
    update.mutable_action()->set_name(action);
    update.mutable_action()->set_porteur(porteur);
    service_.As("chef_projet", "epci/243400769", "paul");
    return service_.Call<v1::Action>("UpdateAction", update).status();
  };
  // Its window is over for everybody else: the deposit of p is not one of q.
  ASSERT_TRUE(Mouvoir<v1::CloreAppelRequest>("CloreAppel").ok());
  const absl::Status refused = give("actions/a", "porteurs/q");
  ASSERT_EQ(status::ViolationsOf(refused).size(), 1u) << refused;
  EXPECT_EQ(status::ViolationsOf(refused)[0].field, "action.porteur");
  EXPECT_EQ(status::ViolationsOf(refused)[0].reason, "PORTEUR_DU_DEPOT");
  EXPECT_TRUE(give("actions/a", "porteurs/p").ok());  // says the same
  // Before the deposit, it changes freely.
  ASSERT_TRUE(Creer(Action("b")).ok());
  EXPECT_TRUE(give("actions/b", "porteurs/q").ok());
  EXPECT_TRUE(give("actions/b", "porteurs/p").ok());
  // Whoever writes.
  EXPECT_THAT(std::string(service_.sql()
                              .Script("UPDATE action SET porteur = 'porteurs/q' "
                                      "WHERE name = 'actions/a'")
                              .message()),
              HasSubstr("ne change pas de porteur"));
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

TEST_F(AppelsTest, WhatADraftSaysDoesNotKeepItFromBeingDeleted) {
  ASSERT_TRUE(Creer(Porteur("p")).ok());
  ASSERT_TRUE(Creer(Appel(aujourdhui_, aujourdhui_ + 30)).ok());
  v1::Action draft = Action("a");
  draft.set_appel("appels/herault-2023");
  auto* reponse = draft.add_reponses();
  reponse->set_critere("mixite");
  reponse->set_texte("Par des créneaux réservés");
  ASSERT_TRUE(Creer(draft).ok());
  // The criterion that it answers is one no more.
  v1::UpdateAppelAProjetsRequest update;
  update.mutable_appel()->set_name("appels/herault-2023");
  update.mutable_update_mask()->add_paths("criteres");
  service_.As("chef_projet");
  ASSERT_TRUE(service_.Call<v1::AppelAProjets>("UpdateAppelAProjets", update).ok());
  v1::DeleteActionRequest erase;
  erase.set_name("actions/a");
  service_.As("redacteur", "porteurs/autre");
  EXPECT_EQ(status::ReasonOf(service_.Call<v1::Action>("DeleteAction", erase).status()),
            "PERIMETRE_INSUFFISANT");
  service_.As("redacteur", "porteurs/p");
  const auto erased = service_.Call<v1::Action>("DeleteAction", erase);
  EXPECT_TRUE(erased.ok()) << erased.status();
}

}  // namespace
}  // namespace pdv::actions
