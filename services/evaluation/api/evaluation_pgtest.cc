// The methods of the service, called as the gateway calls them.
#include "absl/time/clock.h"
#include "common/status/error.h"
#include "services/evaluation/api/essai_pgtest.h"
#include "services/evaluation/domain/referentiel.h"

namespace pdv::evaluation {
namespace {

using status::ReasonOf;

TEST_F(EvaluationTest, TheIndicatorsAreThereAndASecondStartChangesNothing) {
  const int64_t events = service_.Number("SELECT count(*) FROM journal");
  EXPECT_EQ(events, static_cast<int64_t>(Indicateurs().size()));
  ASSERT_TRUE(SemerIndicateurs(service_.store()).ok());
  EXPECT_EQ(service_.Number("SELECT count(*) FROM journal"), events);
  v1::GetIndicateurRequest request;
  request.set_name("indicateurs/taux-chomage");
  const auto rate = service_.Call<v1::Indicateur>("GetIndicateur", request);
  ASSERT_TRUE(rate.ok()) << rate.status();
  EXPECT_EQ(rate->unite(), "%");
  EXPECT_EQ(rate->polarite(), v1::POLARITE_DECROISSANTE);
}

TEST_F(EvaluationTest, UnknownNotApplicableAndZeroAreStoredApart) {
  ASSERT_TRUE(Creer(Mesure("zero", "communes/34172", 2021, "0")).ok());
  v1::Mesure unknown = Mesure("inconnue", "communes/34172", 2022, "");
  EXPECT_EQ(ReasonOf(Creer(unknown).status()), "REQUETE_INVALIDE");
  unknown.set_statut(v1::STATUT_MESURE_INCONNUE);
  ASSERT_TRUE(Creer(unknown).ok());
  unknown.set_name("mesures/sans-objet");
  Date(unknown.mutable_debut(), 2023, 1, 1);
  Date(unknown.mutable_fin(), 2024, 1, 1);
  unknown.set_statut(v1::STATUT_MESURE_NON_APPLICABLE);
  ASSERT_TRUE(Creer(unknown).ok());
  const auto serie = Serie("taux-chomage", "communes/34172");
  ASSERT_TRUE(serie.ok()) << serie.status();
  ASSERT_EQ(serie->mesures_size(), 3);
  EXPECT_EQ(serie->mesures(0).valeur(), "0");
  EXPECT_EQ(serie->mesures(1).statut(), v1::STATUT_MESURE_INCONNUE);
  EXPECT_EQ(serie->mesures(2).statut(), v1::STATUT_MESURE_NON_APPLICABLE);
}

TEST_F(EvaluationTest, AnObjectOfAPeerMustBeKnownAndPresent) {
  for (const char* known :
       {"actions/a", "qpv/qn03401m", "contrats/cv110", "zones-emploi/7625", "nation"})
    EXPECT_TRUE(Creer(Mesure(std::string("m-") + known[0], known, 2021, "1")).ok()) << known;
  for (const char* unknown : {"actions/b", "actions/x", "qpv/qn99999m", "contrats/cv999"})
    EXPECT_EQ(ReasonOf(Creer(Mesure("m", unknown, 2021, "1")).status()), "OBJET_INCONNU")
        << unknown;
  EXPECT_EQ(ReasonOf(Creer(Cible("c", "actions/b", 2023, "1")).status()), "OBJET_INCONNU");
  EXPECT_EQ(ReasonOf(Creer(Mesure("m", "nation", 2021, "1", "bonheur")).status()),
            "REFERENCE_INCONNUE");
}

TEST_F(EvaluationTest, TargetsAreReadTogetherInTheOrderOfTheRequest) {
  ASSERT_TRUE(Creer(Cible("a", "nation", 2023, "8")).ok());
  ASSERT_TRUE(Creer(Cible("b", "nation", 2024, "7")).ok());
  v1::BatchGetCiblesRequest request;
  request.add_names("cibles/b");
  request.add_names("cibles/a");
  const auto both = service_.Call<v1::BatchGetCiblesResponse>("BatchGetCibles", request);
  ASSERT_TRUE(both.ok()) << both.status();
  ASSERT_EQ(both->cibles_size(), 2);
  EXPECT_EQ(both->cibles(0).valeur(), "7");
  EXPECT_EQ(both->cibles(1).valeur(), "8");
  request.add_names("cibles/c");
  EXPECT_EQ(service_.Call<v1::BatchGetCiblesResponse>("BatchGetCibles", request).status().code(),
            absl::StatusCode::kNotFound);
}

TEST_F(EvaluationTest, AMeasureIsTakenOnce) {
  ASSERT_TRUE(Creer(Mesure("m1", "nation", 2021, "8.22")).ok());
  EXPECT_EQ(ReasonOf(Creer(Mesure("m2", "nation", 2021, "8.3")).status()), "MESURE_EXISTANTE");
  v1::Mesure moved = Mesure("m1", "nation", 2022, "8.22");
  v1::UpdateMesureRequest update;
  *update.mutable_mesure() = moved;
  EXPECT_EQ(ReasonOf(service_.Call<v1::Mesure>("UpdateMesure", update).status()),
            "REQUETE_INVALIDE");
  *update.mutable_mesure() = Mesure("m1", "nation", 2021, "8.10");
  const auto corrected = service_.Call<v1::Mesure>("UpdateMesure", update);
  ASSERT_TRUE(corrected.ok()) << corrected.status();
  EXPECT_EQ(corrected->valeur(), "8.10");
}

TEST_F(EvaluationTest, AnUpdateThatCreatesAsksForAllThatACreationDoes) {
  v1::UpdateMesureRequest update;
  update.set_allow_missing(true);
  v1::Mesure* mesure = update.mutable_mesure();
  mesure->set_name("mesures/x");
  Date(mesure->mutable_debut(), 2021, 1, 1);
  Date(mesure->mutable_fin(), 2022, 1, 1);
  mesure->set_statut(v1::STATUT_MESURE_INCONNUE);
  mesure->set_desagregation("sexe=f");
  for (const char* mask : {"", "statut"}) {
    if (*mask != 0) update.mutable_update_mask()->add_paths(mask);
    const absl::Status refused = service_.Call<v1::Mesure>("UpdateMesure", update).status();
    const std::vector<status::Violation> violations = status::ViolationsOf(refused);
    ASSERT_EQ(violations.size(), 2u) << refused;
    EXPECT_EQ(violations[0].field, "mesure.indicateur");
    EXPECT_EQ(violations[0].reason, "CHAMP_OBLIGATOIRE");
    EXPECT_EQ(violations[1].field, "mesure.objet");
  }
  mesure->set_indicateur("indicateurs/beneficiaires");
  mesure->set_objet("actions/a");
  const auto created = service_.Call<v1::Mesure>("UpdateMesure", update);
  EXPECT_TRUE(created.ok()) << created.status();
}

// A read that PostgreSQL refuses for a moment is tried again, unless nobody waits any more.
TEST_F(EvaluationTest, AReadIsTriedAgainOnlyWhileItsCallerWaits) {
  service_.Script(R"sql(
    CREATE SEQUENCE tentatives;
    CREATE FUNCTION echouer() RETURNS boolean LANGUAGE plpgsql AS $$ BEGIN
      PERFORM nextval('tentatives'), pg_sleep(0.3);
      RAISE EXCEPTION USING ERRCODE = 'serialization_failure';
    END $$;
    ALTER TABLE indicateur RENAME TO indicateur_vrai;
    CREATE VIEW indicateur AS SELECT * FROM indicateur_vrai WHERE echouer();
  )sql");
  const auto tries = [&] { return service_.Number("SELECT last_value FROM tentatives"); };
  EXPECT_EQ(ReasonOf(Serie("taux-chomage", "nation").status()), "CONFLIT_CONCURRENT");
  EXPECT_EQ(tries(), 3);
  service_.Until(absl::Now() + absl::Milliseconds(200));
  EXPECT_EQ(Serie("taux-chomage", "nation").status().code(), absl::StatusCode::kDeadlineExceeded);
  absl::SleepFor(absl::Seconds(1));  // the time of two more
  EXPECT_EQ(tries(), 4);
}

TEST_F(EvaluationTest, ADefinitionChangesWithItsVersionAndOldValuesKeepTheirs) {
  const v1::Mesure old = Mesure("m1", "actions/a", 2021, "40", "beneficiaires");
  EXPECT_EQ(Creer(old)->version_indicateur(), 1);
  v1::UpdateIndicateurRequest update;
  update.mutable_indicateur()->set_name("indicateurs/beneficiaires");
  update.mutable_indicateur()->set_definition("Personnes venues deux fois au moins.");
  EXPECT_EQ(ReasonOf(service_.Call<v1::Indicateur>("UpdateIndicateur", update).status()),
            "VERSION_REQUISE");
  update.mutable_indicateur()->set_version(2);
  ASSERT_TRUE(service_.Call<v1::Indicateur>("UpdateIndicateur", update).ok());
  EXPECT_EQ(Creer(Mesure("m2", "actions/a", 2022, "30", "beneficiaires"))->version_indicateur(), 2);
  // The same value again is not a new measure; another value is.
  EXPECT_EQ(Importer({old})->inchanges(), 1);
  v1::Mesure corrected = old;
  corrected.set_valeur("41");
  EXPECT_EQ(Importer({corrected})->modifies(), 1);
  EXPECT_EQ(service_.Number("SELECT version_indicateur FROM mesure WHERE name = 'mesures/m1'"), 2);
}

TEST_F(EvaluationTest, APartIsAlongADeclaredAxis) {
  v1::Mesure women = Mesure("f", "actions/a", 2021, "25", "beneficiaires");
  women.set_desagregation("sexe=f");
  ASSERT_TRUE(Creer(women).ok());
  ASSERT_TRUE(Creer(Mesure("tous", "actions/a", 2021, "40", "beneficiaires")).ok());
  EXPECT_EQ(Serie("beneficiaires", "actions/a")->mesures(0).valeur(), "40");
  EXPECT_EQ(Serie("beneficiaires", "actions/a", "sexe=f")->mesures(0).valeur(), "25");
  v1::Mesure odd = Mesure("x", "actions/a", 2022, "25", "beneficiaires");
  odd.set_desagregation("signe=lion");
  EXPECT_EQ(status::ViolationsOf(Creer(odd).status())[0].reason, "DESAGREGATION_INCONNUE");
}

TEST_F(EvaluationTest, AnImportReportsEachRefusal) {
  std::vector<v1::Mesure> rows;
  for (int i = 0; i < 2500; ++i)
    rows.push_back(Mesure("m" + std::to_string(i), "communes/" + std::to_string(10000 + i), 2021,
                          std::to_string(20000 + i), "revenu-median"));
  rows[1200].set_objet("actions/inconnue");
  rows[2400].clear_valeur();
  const auto report = Importer(rows);
  ASSERT_TRUE(report.ok()) << report.status();
  EXPECT_EQ(report->lus(), 2500);
  EXPECT_EQ(report->crees(), 2498);
  ASSERT_EQ(report->constats_size(), 2);
  EXPECT_EQ(report->constats(0).rang(), 1200);
  EXPECT_EQ(report->constats(0).raison(), "OBJET_INCONNU");
  EXPECT_EQ(report->constats(1).rang(), 2400);
  EXPECT_EQ(report->constats(1).raison(), "VALEUR_INCOHERENTE");
  EXPECT_EQ(Importer(rows)->inchanges(), 2498);
}

}  // namespace
}  // namespace pdv::evaluation
