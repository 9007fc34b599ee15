#include "services/actions/domain/regles/evaluation.h"

#include "common/status/details.h"
#include "common/status/error.h"
#include "gmock/gmock.h"
#include "google/rpc/error_details.pb.h"
#include "services/actions/domain/regles/dossier_test.h"

namespace pdv::actions::regles {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class EvaluationTest : public DossierTest {
 protected:
  v1::RegleLocale* Locale(v1::NatureRegle nature) {
    v1::RegleLocale* regle = appel_.add_regles();
    regle->set_id("locale");
    regle->set_texte("Ce que dit le règlement.");
    regle->set_severite(v1::SEVERITE_REGLE_REFUS);
    regle->set_nature(nature);
    return regle;
  }
};

TEST_F(EvaluationTest, ARefusalBlocksExactlyTheTransitionThatItGuards) {
  EXPECT_TRUE(Garder(Verbe::kAttester, faits_).ok());
  EXPECT_TRUE(Garder(Verbe::kDeclarerComplete, faits_).ok());
  action_.clear_pieces();  // guards DeclarerComplete
  EXPECT_TRUE(Garder(Verbe::kAttester, faits_).ok());
  EXPECT_EQ(status::ReasonOf(Garder(Verbe::kDeclarerComplete, faits_)), "PIECE_ABSENTE");
  RemplirAction();
  porteur_.clear_siret();  // guards AttesterAction
  EXPECT_EQ(status::ReasonOf(Garder(Verbe::kAttester, faits_)), "SIRET_ABSENT");
  EXPECT_TRUE(Garder(Verbe::kDeclarerComplete, faits_).ok());
  for (Verbe verbe : {Verbe::kSoumettre, Verbe::kInstruire, Verbe::kProgrammer})
    EXPECT_TRUE(Garder(verbe, faits_).ok());
}

TEST_F(EvaluationTest, AWarningIsToldAndBlocksNothing) {
  action_.set_npnru(true);
  action_.clear_quartiers();
  EXPECT_THAT(Brisees(), ElementsAre("quartiers", "npnru"));
  EXPECT_TRUE(Garder(Verbe::kAttester, faits_).ok());
}

TEST_F(EvaluationTest, TheLawComesFirstAndAllIsSaidAtOnce) {
  porteur_.clear_cer_historique();
  action_.clear_thematique();
  action_.clear_publics();
  const absl::Status refused = Garder(Verbe::kAttester, faits_);
  EXPECT_EQ(refused.code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(status::ReasonOf(refused), "CONTRAT_ENGAGEMENT_ABSENT");
  EXPECT_EQ(status::MetadataOf(refused, "regle"), "contrat-engagement-republicain");
  EXPECT_THAT(status::MetadataOf(refused, "reference_legale"), HasSubstr("art. 10-1"));
  EXPECT_EQ(status::MetadataOf(refused, "refus"), "4");
  const auto failures = status::GetDetail<google::rpc::PreconditionFailure>(refused);
  ASSERT_TRUE(failures.has_value());
  std::vector<std::string> reasons;
  for (const auto& failure : failures->violations()) reasons.push_back(failure.type());
  EXPECT_THAT(reasons, ElementsAre("CONTRAT_ENGAGEMENT_ABSENT", "THEMATIQUE_ABSENTE",
                                   "PUBLICS_ABSENTS", "PART_QPV_INSUFFISANTE"));
  // Each says its sentence, its rule and where.
  EXPECT_EQ(status::MetadataOf(refused, "champ"), "porteur");
  EXPECT_EQ(failures->violations(1).description(),
            "Elle n'a pas de thématique principale. (règle thematique, champ thematique ; loi n° "
            "2014-173 du 21 février 2014, art. 6)");
}

TEST_F(EvaluationTest, ARuleThatIsBrokenInTwoPlacesIsOneRule) {
  action_.clear_date_debut();
  action_.clear_date_fin();
  const absl::Status refused = Garder(Verbe::kAttester, faits_);
  EXPECT_EQ(status::ReasonOf(refused), "DATES_ABSENTES");
  EXPECT_EQ(status::MetadataOf(refused, "refus"), "1");
  EXPECT_EQ(refused.message(), "Son premier jour n'est pas dit.");
  const auto failures = status::GetDetail<google::rpc::PreconditionFailure>(refused);
  ASSERT_TRUE(failures.has_value());
  ASSERT_EQ(failures->violations_size(), 2);
  EXPECT_THAT(failures->violations(0).description(), HasSubstr("champ date_debut"));
  EXPECT_THAT(failures->violations(1).description(), HasSubstr("champ date_fin"));
}

TEST_F(EvaluationTest, AClosingHasItsDateAndTheLastDayComesFirst) {
  appel_.set_etat(v1::ETAT_APPEL_CLOS);
  // 30 November 2022, 23:30 UTC: it was the 1st of December in Paris.
  appel_.mutable_clos_time()->set_seconds(1'669'851'000);
  appel_.set_clos_par("paule");
  absl::Status closed = Garder(Verbe::kAttester, faits_);
  EXPECT_EQ(status::ReasonOf(closed), "APPEL_FERME");
  EXPECT_EQ(closed.message(), "L'appel « Hérault 2023 » est clos depuis le 1er décembre 2022.");
  Ecrire(types::Date(2022, 11, 30), appel_.mutable_date_cloture());
  closed = Garder(Verbe::kAttester, faits_);
  EXPECT_EQ(status::ReasonOf(closed), "DEPOT_TARDIF");
  EXPECT_THAT(std::string(closed.message()), HasSubstr("30 novembre 2022"));
}

TEST_F(EvaluationTest, ALateDepositIsRefusedWithTheDate) {
  Ecrire(types::Date(2022, 11, 30), appel_.mutable_date_cloture());
  faits_.jour = types::Date(2022, 11, 30);
  EXPECT_TRUE(Garder(Verbe::kAttester, faits_).ok());
  faits_.jour = types::Date(2022, 12, 1);
  absl::Status late = Garder(Verbe::kAttester, faits_);
  EXPECT_EQ(status::ReasonOf(late), "DEPOT_TARDIF");
  EXPECT_THAT(std::string(late.message()), HasSubstr("30 novembre 2022"));
  // Opened again until the next day, included.
  Ecrire(types::Date(2022, 12, 2), appel_.add_reouvertures()->mutable_jusquau());
  faits_.jour = types::Date(2022, 12, 2);
  EXPECT_TRUE(Garder(Verbe::kAttester, faits_).ok());
  faits_.jour = types::Date(2022, 12, 3);
  EXPECT_THAT(std::string(Garder(Verbe::kAttester, faits_).message()),
              HasSubstr("2 décembre 2022"));
  // What was filed in time and is attested again, after complements, is not late.
  action_.mutable_depot_time()->set_seconds(1);
  appel_.set_etat(v1::ETAT_APPEL_CLOS);
  EXPECT_TRUE(Garder(Verbe::kAttester, faits_).ok());
}

TEST_F(EvaluationTest, AnActionWithoutAppelHasNoWindow) {
  action_.clear_appel();
  action_.clear_reponses();
  action_.clear_pieces();
  faits_.appel = nullptr;
  // It is told, and blocks nothing.
  EXPECT_THAT(Brisees(types::Date(2101, 1, 1)), ElementsAre("sans-appel"));
  EXPECT_TRUE(Garder(Verbe::kAttester, faits_).ok());
  // A post and engineering answer none.
  action_.set_type(v1::TYPE_ACTION_POSTE_FONJEP);
  EXPECT_THAT(Brisees(), IsEmpty());
}

TEST_F(EvaluationTest, ALocalRuleSpeaksForItself) {
  v1::RegleLocale* duree = Locale(v1::NATURE_REGLE_DUREE_MAX_JOURS);
  duree->set_valeur(365);
  duree->set_citation("article 4 du règlement");
  EXPECT_THAT(Brisees(), IsEmpty());
  duree->set_valeur(364);
  const v1::EvaluerDossierResponse found = Evaluer(faits_);
  ASSERT_EQ(found.constats_size(), 1);
  const v1::ConstatRegle& constat = found.constats(0);
  EXPECT_EQ(constat.regle(), "appel:locale");
  EXPECT_EQ(constat.raison(), "REGLE_LOCALE");
  EXPECT_EQ(constat.champ(), "date_fin");
  EXPECT_EQ(constat.texte(), "Ce que dit le règlement.");
  EXPECT_EQ(constat.citation(), "article 4 du règlement");
  EXPECT_EQ(constat.message(), "Elle dure 365 jours, au lieu de 364 au plus.");
  EXPECT_EQ(status::ReasonOf(Garder(Verbe::kAttester, faits_)), "REGLE_LOCALE");
  duree->set_severite(v1::SEVERITE_REGLE_AVERTISSEMENT);
  EXPECT_TRUE(Garder(Verbe::kAttester, faits_).ok());
}

TEST_F(EvaluationTest, ALocalRuleHoldsFromItsFirstDayToTheDayBeforeItsLast) {
  v1::RegleLocale* regle = Locale(v1::NATURE_REGLE_EFFECTIF_MIN);
  regle->set_valeur(101);
  Ecrire(types::Date(2022, 10, 1), regle->mutable_valide_du());
  Ecrire(types::Date(2022, 11, 1), regle->mutable_valide_au());
  EXPECT_THAT(Brisees(types::Date(2022, 9, 30)), IsEmpty());
  EXPECT_THAT(Brisees(types::Date(2022, 10, 1)), ElementsAre("appel:locale"));
  EXPECT_THAT(Brisees(types::Date(2022, 10, 31)), ElementsAre("appel:locale"));
  EXPECT_THAT(Brisees(types::Date(2022, 11, 1)), IsEmpty());
}

// Each nature of local rule: what passes, and what does not.
TEST_F(EvaluationTest, EveryNaturePassesAndFails) {
  struct Cas {
    v1::NatureRegle nature;
    int64_t passe, casse;
    const char *admis, *refuse;
  };
  const Cas cas[] = {
      {v1::NATURE_REGLE_DUREE_MAX_JOURS, 365, 364, "", ""},
      {v1::NATURE_REGLE_EFFECTIF_MIN, 100, 101, "", ""},
      {v1::NATURE_REGLE_THEMATIQUES_ADMISES, 0, 0,
       "nomenclatures/piliers-2015-2023/thematiques/education",
       "nomenclatures/piliers-2015-2023/thematiques/sante"},
      {v1::NATURE_REGLE_QUARTIERS_ADMIS, 0, 0, "qpv/qp034001", "qpv/qp034002"},
      {v1::NATURE_REGLE_FORMES_ADMISES, 0, 0, "ASSOCIATION", "BAILLEUR"},
      {v1::NATURE_REGLE_CHAMPS_EXIGES, 0, 0, "publics", "objet"},
      {v1::NATURE_REGLE_PART_SUBVENTIONS_MAX, 8000, 7999, "", ""},
      {v1::NATURE_REGLE_PART_AIDES_PUBLIQUES_MAX, 7000, 6999, "", ""},
      {v1::NATURE_REGLE_PART_RESSOURCES_PROPRES_MIN, 2000, 2001, "", ""},
  };
  ASSERT_EQ(std::size(cas) + 1, static_cast<size_t>(v1::NatureRegle_ARRAYSIZE));
  for (const Cas& one : cas) {
    SCOPED_TRACE(v1::NatureRegle_Name(one.nature));
    appel_.clear_regles();
    v1::RegleLocale* regle = Locale(one.nature);
    regle->set_valeur(one.passe);
    if (one.admis[0] != '\0') regle->add_valeurs(one.admis);
    EXPECT_THAT(Brisees(), IsEmpty());
    regle->set_valeur(one.casse);
    if (one.refuse[0] != '\0') regle->set_valeurs(0, one.refuse);
    EXPECT_THAT(Brisees(), ElementsAre("appel:locale"));
    const std::string path = Evaluer(faits_).constats(0).champ();
    const std::string champ = path.substr(0, path.find('['));
    EXPECT_TRUE(champ == "budget" || v1::Action::descriptor()->FindFieldByName(champ) != nullptr);
  }
}

TEST_F(EvaluationTest, AnAppelThatNamesQuartiersAsksForOne) {
  Locale(v1::NATURE_REGLE_QUARTIERS_ADMIS)->add_valeurs("qpv/qp034001");
  EXPECT_THAT(Brisees(), IsEmpty());
  action_.add_quartiers()->set_qpv("qpv/qp034002");
  EXPECT_THAT(Champs(), ElementsAre("quartiers[1].qpv"));
  action_.clear_quartiers();
  action_.set_quartier_vecu(true);
  EXPECT_THAT(Brisees(), ElementsAre("appel:locale"));
}

TEST_F(EvaluationTest, EveryFieldThatLacksIsSaidAtItsPlace) {
  v1::RegleLocale* champs = Locale(v1::NATURE_REGLE_CHAMPS_EXIGES);
  for (const char* name : {"objet", "publics", "dispositif"}) champs->add_valeurs(name);
  EXPECT_THAT(Champs(), ElementsAre("objet", "dispositif"));
  EXPECT_EQ(Evaluer(faits_).constats(0).message(),
            "L'appel demande l'objet, et rien n'est rempli.");
}

TEST_F(EvaluationTest, AShareThatWasNeverComputedIsNotZero) {
  Locale(v1::NATURE_REGLE_PART_AIDES_PUBLIQUES_MAX)->set_valeur(8000);
  EXPECT_THAT(Brisees(), IsEmpty());
  budget_.clear_part_aides_publiques_points();
  EXPECT_THAT(Brisees(), ElementsAre("appel:locale"));
  EXPECT_THAT(Evaluer(faits_).constats(0).message(), HasSubstr("enregistrez de nouveau"));
}

}  // namespace
}  // namespace pdv::actions::regles
