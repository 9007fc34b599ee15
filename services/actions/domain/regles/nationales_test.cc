// Each national rule: a dossier that keeps it and one that breaks it, on its first day and the day
// before.
#include <functional>
#include <map>
#include <set>

#include "common/status/error.h"
#include "gmock/gmock.h"
#include "pdv/actions/v1/raison.pb.h"
#include "services/actions/domain/regles/dossier_test.h"
#include "services/actions/domain/regles/predicats.h"

namespace pdv::actions::regles {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Not;

class NationalesTest : public DossierTest {
 protected:
  // How to break each rule, on the day of the evaluation.
  std::map<std::string, std::function<void(types::Date)>> bris_ = {
      {"contrat-engagement-republicain", [this](auto) { porteur_.clear_cer_historique(); }},
      {"forme-juridique", [this](auto) { porteur_.clear_forme(); }},
      {"siret", [this](auto) { porteur_.clear_siret(); }},
      {"contrat-de-ville", [this](auto) { faits_.contrat = nullptr; }},
      {"thematique", [this](auto) { action_.clear_thematique(); }},
      {"thematique-du-contrat",
       [this](auto) { action_.set_thematique("nomenclatures/autre/thematiques/a"); }},
      {"calendrier", [this](auto) { action_.clear_date_fin(); }},
      {"calendrier-du-contrat",
       [this](auto) { Ecrire(types::Date(2024, 1, 1), action_.mutable_date_fin()); }},
      {"calendrier-de-l-exercice", [this](auto) { action_.set_exercice(2022); }},
      {"deux-exercices",
       [this](auto) { Ecrire(types::Date(2021, 12, 31), action_.mutable_date_debut()); }},
      {"public-par-sexe-et-age", [this](auto) { action_.clear_publics(); }},
      {"quartiers", [this](auto) { action_.clear_quartiers(); }},
      {"moitie-des-quartiers", [this](auto) { action_.mutable_publics(0)->set_effectif_qpv(29); }},
      {"quartiers-en-vigueur",
       [this](types::Date) { Ecrire(types::Date(2023, 1, 1), qpv_.mutable_valide_au()); }},
      {"quartiers-du-contrat", [this](auto) { Enumerer("qpv/qp034002"); }},
      {"npnru", [this](auto) { action_.set_npnru(true); }},
      {"budget", [this](auto) { faits_.budget = nullptr; }},
      {"budget-equilibre", [this](auto) { budget_.set_equilibre(false); }},
      {"sans-appel",
       [this](auto) {
         action_.clear_appel();
         faits_.appel = nullptr;
       }},
      {"appel-ouvert", [this](auto) { appel_.set_etat(v1::ETAT_APPEL_CLOS); }},
      {"appel-ouverture",
       [this](types::Date jour) { Ecrire(jour + 1, appel_.mutable_date_ouverture()); }},
      {"appel-cloture",
       [this](types::Date jour) { Ecrire(jour - 1, appel_.mutable_date_cloture()); }},
      {"appel-perimetre", [this](auto) { action_.set_contrat("contrats/cv043"); }},
      {"appel-criteres", [this](auto) { action_.clear_reponses(); }},
      {"appel-part-qpv", [this](auto) { action_.mutable_publics(0)->set_effectif_qpv(39); }},
      {"appel-pieces", [this](auto) { action_.clear_pieces(); }},
      {"appel-pieces-conformes", [this](auto) { rib_.set_nature(v1::NATURE_DOCUMENT_STATUTS); }},
  };
};

TEST_F(NationalesTest, EachHasACaseHere) {
  std::set<std::string> ids;
  for (const Regle& regle : Nationales()) {
    EXPECT_TRUE(ids.insert(std::string(regle.id)).second) << regle.id;
    EXPECT_TRUE(bris_.contains(std::string(regle.id))) << regle.id;
  }
  EXPECT_EQ(ids.size(), bris_.size());
}

TEST_F(NationalesTest, EachHoldsFromItsFirstDayAndNotTheDayBefore) {
  const v1::Porteur porteur = porteur_;
  const v1::Action action = action_;
  const v1::AppelAProjets appel = appel_;
  const contrats::v1::Contrat contrat = contrat_;
  const contrats::v1::Qpv qpv = qpv_;
  const v1::Document rib = rib_;
  const Faits faits = faits_;
  for (const Regle& regle : Nationales()) {
    SCOPED_TRACE(regle.id);
    const bool with_appel = !regle.en_vigueur.has_value();
    const types::Date first = with_appel ? types::Date(2014, 2, 23) : regle.en_vigueur->debut;
    const std::string id(regle.id);
    EXPECT_THAT(Brisees(first), Not(Contains(id)));
    bris_.at(id)(first);
    EXPECT_THAT(Brisees(first), Contains(id));
    // What says how an appel is answered holds with it, and has no first day of its own.
    if (!with_appel) {
      EXPECT_THAT(Brisees(first - 1), Not(Contains(id)));
    }
    EXPECT_EQ(Brisees(types::Date(2022, 12, 1)).empty(), regle.id == "appel-ouverture")
        << "broken today too, unless the appel opened meanwhile";
    porteur_ = porteur;
    action_ = action;
    appel_ = appel;
    contrat_ = contrat;
    qpv_ = qpv;
    rib_ = rib;
    faits_ = faits;
    budget_.set_equilibre(true);
  }
}

TEST_F(NationalesTest, ADossierThatKeepsThemAllIsSaidToBreakNothing) {
  EXPECT_THAT(Brisees(), IsEmpty());
  EXPECT_EQ(Evaluer(faits_).regles_examinees(), static_cast<int>(Nationales().size()));
}

TEST_F(NationalesTest, EachNamesAFieldAReasonAndAVerbThatRulesGuard) {
  for (const Regle& regle : Nationales()) {
    SCOPED_TRACE(regle.id);
    EXPECT_TRUE(regle.champ == "budget" ||
                v1::Action::descriptor()->FindFieldByName(std::string(regle.champ)) != nullptr);
    v1::Raison raison;
    EXPECT_TRUE(v1::Raison_Parse("RAISON_" + std::string(regle.raison), &raison));
    EXPECT_TRUE(regle.garde == Verbe::kAttester || regle.garde == Verbe::kDeclarerComplete);
    EXPECT_FALSE(regle.citation.empty());
    EXPECT_TRUE(regle.texte.ends_with(".")) << regle.texte;
  }
}

TEST_F(NationalesTest, ThePeriodLiesWithinTheContratToTheDay) {
  action_.set_exercice(2015);
  appel_.set_exercice(2015);
  Ecrire(types::Date(2015, 1, 1), action_.mutable_date_debut());
  Ecrire(types::Date(2015, 6, 30), action_.mutable_date_fin());
  EXPECT_THAT(Brisees(), IsEmpty());
  Ecrire(types::Date(2014, 12, 31), action_.mutable_date_debut());
  EXPECT_THAT(Brisees(), ElementsAre("calendrier-du-contrat"));
  contrat_.clear_date_debut();  // a contrat without dates bounds nothing
  EXPECT_THAT(Brisees(), IsEmpty());
}

TEST_F(NationalesTest, ASchoolYearCountsForEitherExercice) {
  Ecrire(types::Date(2022, 9, 1), action_.mutable_date_debut());
  Ecrire(types::Date(2023, 7, 7), action_.mutable_date_fin());
  action_.clear_quartiers();  // their list changes in 2024
  action_.set_quartier_vecu(true);
  for (int exercice : {2021, 2022, 2023, 2024}) {
    action_.set_exercice(exercice);
    appel_.set_exercice(exercice);
    if (exercice == 2022 || exercice == 2023) {
      EXPECT_THAT(Brisees(), IsEmpty()) << exercice;
    } else {
      EXPECT_THAT(Brisees(), ElementsAre("calendrier-de-l-exercice")) << exercice;
    }
  }
}

TEST_F(NationalesTest, AForeignThematiqueNeedsAMapping) {
  constexpr char kNationale[] = "nomenclatures/national-2020-2023/thematiques/1-1";
  contrats::v1::Correspondance mapping;
  mapping.set_source(kNationale);
  mapping.set_cible(action_.thematique());
  action_.set_thematique(kNationale);
  EXPECT_THAT(Brisees(), ElementsAre("thematique-du-contrat"));
  faits_.correspondances = {&mapping};
  EXPECT_THAT(Brisees(), IsEmpty());
  // The same mapping, read the other way.
  action_.set_thematique(mapping.cible());
  contrat_.set_nomenclature("nomenclatures/national-2020-2023");
  EXPECT_THAT(Brisees(), IsEmpty());
  // A mapping of another thématique helps nothing, and a name is not a prefix of its neighbour.
  action_.set_thematique("nomenclatures/piliers-2015-2023/thematiques/sante");
  EXPECT_THAT(Brisees(), ElementsAre("thematique-du-contrat"));
  EXPECT_FALSE(ThematiqueAdmise("nomenclatures/a-bis/thematiques/x", "nomenclatures/a", {}));
}

TEST_F(NationalesTest, APostServesNoPublicOfItsOwn) {
  action_.set_type(v1::TYPE_ACTION_POSTE_ADULTE_RELAIS);
  action_.clear_publics();
  action_.clear_quartiers();
  v1::RegleLocale* effectif = appel_.add_regles();
  effectif->set_id("effectif");
  effectif->set_nature(v1::NATURE_REGLE_EFFECTIF_MIN);
  effectif->set_valeur(50);
  v1::RegleLocale* quartiers = appel_.add_regles();
  quartiers->set_id("quartiers");
  quartiers->set_nature(v1::NATURE_REGLE_QUARTIERS_ADMIS);
  quartiers->add_valeurs("qpv/qp034001");
  EXPECT_EQ(appel_.part_qpv_min_points(), 6000);
  EXPECT_THAT(Brisees(), IsEmpty());
  action_.set_type(v1::TYPE_ACTION_INGENIERIE);
  EXPECT_THAT(Brisees(), IsEmpty());
  action_.set_type(v1::TYPE_ACTION_ACTION);
  EXPECT_THAT(Brisees(), ElementsAre("public-par-sexe-et-age", "quartiers", "appel-part-qpv",
                                     "appel:effectif", "appel:quartiers"));
}

TEST_F(NationalesTest, AQuartierIsOfTheListOfTheYear) {
  // Of the first list, which holds until 2023; the contrat and the appel follow the year.
  const auto year = [&](int exercice) {
    action_.set_exercice(exercice);
    appel_.set_exercice(exercice);
    Ecrire(types::Date(exercice, 1, 1), action_.mutable_date_debut());
    Ecrire(types::Date(exercice, 12, 31), action_.mutable_date_fin());
  };
  contrat_.clear_date_debut();
  contrat_.clear_date_fin();
  const auto breaks = [&](int exercice) {
    year(exercice);
    const std::vector<std::string> broken = Brisees();
    EXPECT_LE(broken.size(), 1u);
    return broken == std::vector<std::string>{"quartiers-en-vigueur"};
  };
  EXPECT_TRUE(breaks(2014));
  EXPECT_FALSE(breaks(2015));
  EXPECT_FALSE(breaks(2023));
  EXPECT_TRUE(breaks(2024));
  EXPECT_EQ(Evaluer(faits_).constats(0).message(),
            "Le quartier QP034001 n'est pas prioritaire en 2024.");
  EXPECT_THAT(Champs(), ElementsAre("quartiers[0].qpv"));
  // Overseas, the first list went on for a year.
  qpv_.set_departement("departements/974");
  EXPECT_FALSE(breaks(2024));
  EXPECT_TRUE(breaks(2025));
  // Of the second list.
  qpv_.set_name("qpv/qn97401m");
  action_.mutable_quartiers(0)->set_qpv("qpv/qn97401m");
  EXPECT_FALSE(breaks(2025));
  EXPECT_TRUE(breaks(2024));
  qpv_.set_departement("departements/34");
  EXPECT_FALSE(breaks(2024));
  EXPECT_TRUE(breaks(2023));
  // The referential knows better: on the last day of the year before, it was one no more.
  Ecrire(types::Date(2024, 12, 31), qpv_.mutable_valide_au());
  EXPECT_FALSE(breaks(2024));
  EXPECT_TRUE(breaks(2025));
}

TEST_F(NationalesTest, AQuartierIsOfTheContratWhereItListsThem) {
  EXPECT_THAT(Brisees(), IsEmpty());  // it lists none
  contrats::v1::Territoire* holder = contrat_.add_territoires();
  holder->set_territoire("epci/243400769");
  holder->set_role(contrats::v1::ROLE_TERRITOIRE_PORTEUR);
  EXPECT_THAT(Brisees(), IsEmpty());
  contrats::v1::Territoire* other = Enumerer("qpv/qp034002");
  EXPECT_THAT(Brisees(), ElementsAre("quartiers-du-contrat"));
  other->set_territoire("qpv/qp034001");
  EXPECT_THAT(Brisees(), IsEmpty());
  // In the contrat until the last day of the exercice before, or from the first day of the next.
  Ecrire(types::Date(2023, 1, 2), other->mutable_valide_au());
  EXPECT_THAT(Brisees(), IsEmpty());
  Ecrire(types::Date(2023, 1, 1), other->mutable_valide_au());
  EXPECT_THAT(Brisees(), ElementsAre("quartiers-du-contrat"));
  other->clear_valide_au();
  Ecrire(types::Date(2023, 12, 31), other->mutable_valide_du());
  EXPECT_THAT(Brisees(), IsEmpty());
  Ecrire(types::Date(2024, 1, 1), other->mutable_valide_du());
  EXPECT_THAT(Brisees(), ElementsAre("quartiers-du-contrat"));
}

TEST_F(NationalesTest, ADocumentIsWhatTheAppelAsksForAndHoldsThatDay) {
  const types::Date jour = faits_.jour;
  Ecrire(jour, rib_.mutable_valide_du());
  Ecrire(jour, rib_.mutable_valide_jusquau());
  EXPECT_THAT(Brisees(), IsEmpty());
  EXPECT_THAT(Brisees(jour + 1), ElementsAre("appel-pieces-conformes"));
  EXPECT_THAT(Champs(), ElementsAre("pieces[0].document"));
  EXPECT_EQ(Evaluer(faits_).constats(0).message(),
            "« Relevé d'identité bancaire » : le document « RIB de l'association » ne vaut plus "
            "depuis le 2 décembre 2022.");
  EXPECT_THAT(Brisees(jour - 1), ElementsAre("appel-pieces-conformes"));
  faits_.jour = jour;
  rib_.set_nature(v1::NATURE_DOCUMENT_STATUTS);
  EXPECT_THAT(Brisees(), ElementsAre("appel-pieces-conformes"));
  appel_.mutable_pieces(0)->clear_nature();  // any document will do
  EXPECT_THAT(Brisees(), IsEmpty());
}

TEST_F(NationalesTest, EachFindingNamesItsPlace) {
  action_.clear_date_fin();
  action_.mutable_publics(1)->set_effectif_qpv(0);
  action_.mutable_publics(0)->set_effectif_qpv(45);
  EXPECT_THAT(Champs(),
              ElementsAre("date_fin", "publics[1].effectif_qpv", "publics[1].effectif_qpv"));
  action_.clear_date_debut();
  action_.mutable_publics(1)->set_effectif_qpv(20);
  EXPECT_THAT(Champs(), ElementsAre("date_debut", "date_fin"));
  RemplirAction();
  Ecrire(types::Date(2024, 1, 1), action_.mutable_date_fin());
  contrat_.clear_date_debut();
  EXPECT_THAT(Champs(), ElementsAre("date_fin"));
}

TEST_F(NationalesTest, TheQuartierVecuIsToldApart) {
  action_.clear_quartiers();
  action_.set_quartier_vecu(true);
  EXPECT_THAT(Brisees(), IsEmpty());
}

TEST_F(NationalesTest, OverseasNumbersStandForTheSiret) {
  porteur_.clear_siret();
  porteur_.set_ridet("123456789");
  EXPECT_THAT(Brisees(), IsEmpty());
}

TEST_F(NationalesTest, TheListShowsThoseOfADay) {
  v1::ListReglesRequest request;
  EXPECT_EQ(Lister(request).regles_size(), static_cast<int>(Nationales().size()));
  Ecrire(types::Date(2022, 1, 1), request.mutable_jour());
  const v1::ListReglesResponse before = Lister(request);
  EXPECT_EQ(before.regles_size(), static_cast<int>(Nationales().size()) - 2);  // CER and form
  EXPECT_EQ(before.regles(0).id(), "siret");
  EXPECT_EQ(before.regles(0).transition(), "AttesterAction");
  EXPECT_EQ(before.regles(0).valide_du().year(), 2017);
  // How an appel is answered holds with the appel: no date of its own.
  for (const v1::RegleNationale& one : before.regles())
    EXPECT_EQ(one.has_valide_du(), !one.id().starts_with("appel-")) << one.id();
}

}  // namespace
}  // namespace pdv::actions::regles
