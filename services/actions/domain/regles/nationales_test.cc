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
      {"contrat-engagement-republicain", [this](auto) { porteur_.clear_cer_souscrit_le(); }},
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
      {"npnru", [this](auto) { action_.set_npnru(true); }},
      {"budget", [this](auto) { faits_.budget = nullptr; }},
      {"budget-equilibre", [this](auto) { budget_.set_equilibre(false); }},
      {"appel-ouvert", [this](auto) { appel_.set_etat(v1::ETAT_APPEL_CLOS); }},
      {"appel-ouverture",
       [this](types::Date jour) { Ecrire(jour + 1, appel_.mutable_date_ouverture()); }},
      {"appel-cloture",
       [this](types::Date jour) { Ecrire(jour - 1, appel_.mutable_date_cloture()); }},
      {"appel-perimetre", [this](auto) { action_.set_contrat("contrats/cv043"); }},
      {"appel-criteres", [this](auto) { action_.clear_reponses(); }},
      {"appel-part-qpv", [this](auto) { action_.mutable_publics(0)->set_effectif_qpv(39); }},
      {"appel-pieces", [this](auto) { action_.clear_pieces(); }},
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
  const Faits faits = faits_;
  for (const Regle& regle : Nationales()) {
    SCOPED_TRACE(regle.id);
    const types::Date first = regle.en_vigueur.debut;
    const std::string id(regle.id);
    EXPECT_THAT(Brisees(first), Not(Contains(id)));
    bris_.at(id)(first);
    EXPECT_THAT(Brisees(first), Contains(id));
    EXPECT_THAT(Brisees(first - 1), Not(Contains(id)));
    EXPECT_EQ(Brisees(types::Date(2022, 12, 1)).empty(), regle.id == "appel-ouverture")
        << "broken today too, unless the appel opened meanwhile";
    porteur_ = porteur;
    action_ = action;
    appel_ = appel;
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
  appel_.clear_part_qpv_min_points();
  EXPECT_THAT(Brisees(), IsEmpty());
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
  EXPECT_EQ(before.regles(0).valide_du().year(), 2016);
}

}  // namespace
}  // namespace pdv::actions::regles
