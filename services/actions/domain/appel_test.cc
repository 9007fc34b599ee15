#include "services/actions/domain/appel.h"

#include <set>

#include "common/status/error.h"
#include "gmock/gmock.h"
#include "services/actions/domain/dates.h"

namespace pdv::actions {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

class AppelTest : public ::testing::Test {
 protected:
  AppelTest() {
    appel_.set_name("appels/herault-2024");
    appel_.set_etat(v1::ETAT_APPEL_PREPARATION);
    Ecrire(types::Date(2023, 10, 1), appel_.mutable_date_ouverture());
    Ecrire(types::Date(2023, 12, 15), appel_.mutable_date_cloture());
    appel_.add_criteres()->set_id("mixite");
    appel_.add_pieces()->set_code("rib");
    action_.set_porteur("porteurs/p");
  }
  static std::vector<std::string> Champs(const absl::Status& status) {
    std::vector<std::string> fields;
    for (const auto& violation : status::ViolationsOf(status)) fields.push_back(violation.field);
    return fields;
  }
  v1::RegleLocale* Regle(const char* id, v1::NatureRegle nature) {
    v1::RegleLocale* regle = appel_.add_regles();
    regle->set_id(id);
    regle->set_nature(nature);
    return regle;
  }
  void Repondre(const char* critere) { action_.add_reponses()->set_critere(critere); }
  void Joindre(const char* code, const char* document) {
    auto* piece = action_.add_pieces();
    piece->set_code(code);
    piece->set_document(document);
  }
  absl::Status RouvrirJusquau(types::Date jusquau) {
    return Rouvrir("paule", absl::FromUnixSeconds(1'703'000'000), "Panne", jusquau, &appel_);
  }
  v1::AppelAProjets appel_;
  v1::Action action_;
};

TEST_F(AppelTest, ItsPartsAgree) {
  EXPECT_TRUE(VerifierAppel(appel_, {}).ok());
  appel_.add_criteres()->set_id("mixite");
  appel_.add_pieces()->set_code("rib");
  Ecrire(types::Date(2023, 9, 30), appel_.mutable_date_cloture());
  Regle("a", v1::NATURE_REGLE_DUREE_MAX_JOURS);
  Regle("a", v1::NATURE_REGLE_THEMATIQUES_ADMISES);
  Regle("b", v1::NATURE_REGLE_CHAMPS_EXIGES)->add_valeurs("etat");
  v1::RegleLocale* dated = Regle("c", v1::NATURE_REGLE_EFFECTIF_MIN);
  dated->set_valeur(1);
  Ecrire(types::Date(2023, 10, 1), dated->mutable_valide_du());
  Ecrire(types::Date(2023, 10, 1), dated->mutable_valide_au());
  EXPECT_THAT(
      Champs(VerifierAppel(appel_, {})),
      ElementsAre("appel.date_cloture", "appel.criteres[1].id", "appel.regles[1].id",
                  "appel.pieces[1].code", "appel.regles[0].valeur", "appel.regles[1].valeurs",
                  "appel.regles[2].valeurs[0]", "appel.regles[3].valide_au"));
}

TEST_F(AppelTest, ARuleOnlyNamesWhatADossierMayHave) {
  v1::RegleLocale* formes = Regle("formes", v1::NATURE_REGLE_FORMES_ADMISES);
  formes->add_valeurs("ASSOCIATION");
  formes->add_valeurs("Association");
  formes->add_valeurs("UNSPECIFIED");
  v1::RegleLocale* champs = Regle("champs", v1::NATURE_REGLE_CHAMPS_EXIGES);
  // The last three: an import knows it, a computed one, and a yes or no.
  for (const char* name : {"objet", "publics", "etat_importe", "depot_time", "npnru"})
    champs->add_valeurs(name);
  v1::RegleLocale* thematiques = Regle("thematiques", v1::NATURE_REGLE_THEMATIQUES_ADMISES);
  thematiques->add_valeurs("nomenclatures/n/thematiques/education");
  thematiques->add_valeurs("nomenclatures/n/thematiques/educaton");
  Regle("quartiers", v1::NATURE_REGLE_QUARTIERS_ADMIS)->add_valeurs("QP034001");
  Regle("part", v1::NATURE_REGLE_PART_AIDES_PUBLIQUES_MAX)->set_valeur(10'001);
  const absl::Status refused =
      VerifierAppel(appel_, {"nomenclatures/n/thematiques/education", "qpv/qp034001"});
  EXPECT_THAT(Champs(refused),
              ElementsAre("appel.regles[0].valeurs[1]", "appel.regles[0].valeurs[2]",
                          "appel.regles[1].valeurs[2]", "appel.regles[1].valeurs[3]",
                          "appel.regles[1].valeurs[4]", "appel.regles[2].valeurs[1]",
                          "appel.regles[3].valeurs[0]", "appel.regles[4].valeur"));
  EXPECT_EQ(status::ViolationsOf(refused)[5].reason, "REFERENCE_INCONNUE");
}

TEST_F(AppelTest, AnActionAnswersWhatItsAppelAsks) {
  Repondre("mixite");
  Joindre("rib", "porteurs/p/documents/rib");
  EXPECT_TRUE(VerifierReponses(action_, &appel_).ok());
  EXPECT_THAT(Champs(VerifierReponses(action_, nullptr)),
              ElementsAre("action.reponses[0].critere", "action.pieces[0].code"));
  Repondre("mixite");
  Joindre("rib", "porteurs/pirate/documents/rib");
  Joindre("photo", "porteurs/p/documents/photo");
  EXPECT_THAT(Champs(VerifierReponses(action_, &appel_)),
              ElementsAre("action.reponses[1].critere", "action.pieces[1].code",
                          "action.pieces[1].document", "action.pieces[2].code"));
}

TEST_F(AppelTest, LivesFromPreparationToItsEnd) {
  const absl::Time instant = absl::FromUnixSeconds(1'702'600'000);
  EXPECT_EQ(status::ReasonOf(Clore("paule", instant, &appel_)), "TRANSITION_INTERDITE");
  EXPECT_EQ(status::ReasonOf(RouvrirJusquau(types::Date(2024, 1, 5))), "TRANSITION_INTERDITE");
  EXPECT_EQ(status::ReasonOf(Publier(types::Date(2023, 12, 16), &appel_)), "DATES_INCOHERENTES");
  EXPECT_TRUE(Publier(types::Date(2023, 12, 15), &appel_).ok());
  EXPECT_EQ(status::ReasonOf(Publier(types::Date(2023, 12, 15), &appel_)), "TRANSITION_INTERDITE");
  EXPECT_TRUE(Clore("paule", instant, &appel_).ok());
  EXPECT_EQ(appel_.etat(), v1::ETAT_APPEL_CLOS);
  EXPECT_EQ(appel_.clos_par(), "paule");
  EXPECT_EQ(appel_.clos_time().seconds(), 1'702'600'000);
}

TEST_F(AppelTest, AnOpeningIsTraced) {
  appel_.set_etat(v1::ETAT_APPEL_CLOS);
  // The instant is on 19 December 2023. Closed or not, its last day is only put off.
  Ecrire(types::Date(2023, 12, 25), appel_.mutable_date_cloture());
  EXPECT_THAT(Champs(RouvrirJusquau(types::Date(2023, 12, 25))), ElementsAre("jusquau"));
  EXPECT_EQ(appel_.etat(), v1::ETAT_APPEL_CLOS);
  Ecrire(types::Date(2023, 12, 15), appel_.mutable_date_cloture());
  EXPECT_THAT(Champs(RouvrirJusquau(types::Date(2023, 12, 18))), ElementsAre("jusquau"));
  EXPECT_TRUE(RouvrirJusquau(types::Date(2023, 12, 19)).ok());
  EXPECT_EQ(appel_.etat(), v1::ETAT_APPEL_PUBLIE);
  ASSERT_EQ(appel_.reouvertures_size(), 1);
  EXPECT_EQ(appel_.reouvertures(0).acteur(), "paule");
  EXPECT_EQ(appel_.reouvertures(0).motif(), "Panne");
  EXPECT_EQ(appel_.reouvertures(0).instant().seconds(), 1'703'000'000);
  // Open as it is, it is only opened for longer.
  const absl::Status shorter = RouvrirJusquau(types::Date(2023, 12, 19));
  EXPECT_THAT(status::ViolationsOf(shorter)[0].description, HasSubstr("19 décembre 2023"));
  EXPECT_TRUE(RouvrirJusquau(types::Date(2023, 12, 20)).ok());
  EXPECT_EQ(appel_.reouvertures_size(), 2);
}

}  // namespace
}  // namespace pdv::actions
