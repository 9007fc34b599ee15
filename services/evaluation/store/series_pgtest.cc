#include "common/pg/error.h"
#include "common/status/error.h"
#include "services/evaluation/api/essai_pgtest.h"
#include "services/evaluation/store/series.h"

namespace pdv::evaluation {
namespace {

class SeriesTest : public EvaluationTest {
 protected:
  std::vector<v1::ComparaisonCible> Comparer(const std::string& objet) {
    v1::ComparerCiblesRequest request;
    request.set_objet(objet);
    const auto answer = service_.Call<v1::ComparerCiblesResponse>("ComparerCibles", request);
    EXPECT_TRUE(answer.ok()) << answer.status();
    return {answer->comparaisons().begin(), answer->comparaisons().end()};
  }
  // The constraint that refuses the statement, or the SQLSTATE where it has no name; "" if none.
  std::string Refus(const std::string& sql) {
    const absl::Status run = service_.sql().Exec(sql, {}, false).status();
    if (run.ok()) return "";
    const auto error = pg::ErrorOf(run);
    return error->constraint.empty() ? error->sqlstate : error->constraint;
  }
  static std::string Ligne(const std::string& name, const std::string& values) {
    return "INSERT INTO mesure (name, uid, revision, create_time, update_time, indicateur, objet, "
           "version_indicateur, debut, fin, statut, valeur) VALUES ('mesures/" +
           name + "', 'u', 1, now(), now(), 'indicateurs/taux-chomage', 'nation', 1, " + values +
           ")";
  }
};

TEST_F(SeriesTest, IsInOrderWhateverTheOrderOfEntry) {
  std::vector<v1::Mesure> quarters;
  for (int quarter : {3, 1, 4, 2}) {
    v1::Mesure one = Mesure("t" + std::to_string(quarter), "zones-emploi/7625", 2021,
                            "8." + std::to_string(quarter));
    Date(one.mutable_debut(), 2021, 3 * quarter - 2, 1);
    Date(one.mutable_fin(), quarter == 4 ? 2022 : 2021, quarter == 4 ? 1 : 3 * quarter + 1, 1);
    quarters.push_back(one);
  }
  ASSERT_EQ(Importer(quarters)->crees(), 4);
  const auto serie = Serie("taux-chomage", "zones-emploi/7625");
  ASSERT_TRUE(serie.ok()) << serie.status();
  ASSERT_EQ(serie->mesures_size(), 4);
  for (int i = 0; i < 4; ++i) EXPECT_EQ(serie->mesures(i).valeur(), "8." + std::to_string(i + 1));
  EXPECT_FALSE(serie->incomplete());
  EXPECT_EQ(Serie("taux-chomage", "zones-emploi/0051")->mesures_size(), 0);
  EXPECT_EQ(Serie("bonheur", "nation").status().code(), absl::StatusCode::kNotFound);
}

TEST_F(SeriesTest, IsNeverCutInSilence) {
  service_.Script(
      "INSERT INTO mesure (name, uid, revision, create_time, update_time, indicateur, objet, "
      "version_indicateur, debut, fin, statut, valeur) "
      "SELECT 'mesures/d' || d, 'u', 1, now(), now(), 'indicateurs/taux-chomage', 'nation', 1, "
      "date '2020-01-01' + d, date '2020-01-02' + d, 'CONNUE', d::text "
      "FROM generate_series(0, 1000) AS d");
  const auto serie = Serie("taux-chomage", "nation");
  ASSERT_TRUE(serie.ok()) << serie.status();
  EXPECT_TRUE(serie->incomplete());
  ASSERT_EQ(serie->mesures_size(), 1000);
  EXPECT_EQ(serie->mesures(0).valeur(), "1");
  EXPECT_EQ(serie->mesures(999).valeur(), "1000");
}

TEST_F(SeriesTest, ATargetIsComparedWithTheLastKnownMeasureBeforeItsDate) {
  ASSERT_TRUE(Creer(Cible("c2022", "contrats/cv110", 2022, "8")).ok());
  ASSERT_TRUE(Creer(Cible("c2024", "contrats/cv110", 2024, "7.5")).ok());
  ASSERT_TRUE(Creer(Cible("r2024", "contrats/cv110", 2024, "19000", "revenu-median")).ok());
  ASSERT_TRUE(Creer(Mesure("m2021", "contrats/cv110", 2021, "9.1")).ok());
  ASSERT_TRUE(Creer(Mesure("m2023", "contrats/cv110", 2023, "7.25")).ok());
  v1::Mesure unknown = Mesure("m2024", "contrats/cv110", 2024, "");
  unknown.set_statut(v1::STATUT_MESURE_INCONNUE);
  ASSERT_TRUE(Creer(unknown).ok());

  const auto all = Comparer("contrats/cv110");
  ASSERT_EQ(all.size(), 3u);
  EXPECT_EQ(all[0].cible(), "cibles/c2022");
  EXPECT_EQ(all[0].mesure(), "mesures/m2021");
  EXPECT_EQ(all[0].ecart(), "1.1");
  EXPECT_EQ(all[0].atteinte(), v1::ATTEINTE_NON_ATTEINTE);
  EXPECT_EQ(all[1].mesure(), "mesures/m2023");  // the unknown one of 2024 says nothing
  EXPECT_EQ(all[1].ecart(), "-0.25");
  EXPECT_EQ(all[1].atteinte(), v1::ATTEINTE_ATTEINTE);
  EXPECT_EQ(all[2].mesure(), "");
  EXPECT_EQ(all[2].ecart(), "");
  EXPECT_EQ(all[2].atteinte(), v1::ATTEINTE_SANS_MESURE);
  EXPECT_EQ(status::ReasonOf(Creer(Cible("c", "contrats/cv110", 2022, "9")).status()),
            "CIBLE_EXISTANTE");
}

TEST_F(SeriesTest, TheStoreKeepsItsRulesWhateverTheWriter) {
  EXPECT_EQ(Refus(Ligne("a", "'2021-01-01', '2022-01-01', 'CONNUE', NULL")), "mesure_valeur");
  EXPECT_EQ(Refus(Ligne("a", "'2021-01-01', '2022-01-01', 'INCONNUE', '0'")), "mesure_valeur");
  EXPECT_EQ(Refus(Ligne("a", "'2021-01-01', '2022-01-01', 'CONNUE', '7,5'")), "mesure_decimal");
  EXPECT_EQ(Refus(Ligne("a", "'2021-01-01', '2021-01-01', 'CONNUE', '7.5'")), "mesure_periode");
  EXPECT_EQ(Refus(Ligne("a", "'2021-01-01', '2022-01-01', 'PERDUE', NULL")), "mesure_statut");
  EXPECT_EQ(Refus(Ligne("a", "'2021-01-01', '2022-01-01', 'CONNUE', '7.5'")), "");
  // The whole is one part among others: NULL equals NULL in the natural key.
  EXPECT_EQ(Refus(Ligne("b", "'2021-01-01', '2022-01-01', 'CONNUE', '7.6'")),
            "mesure_cle_naturelle");
  EXPECT_EQ(Refus("DELETE FROM mesure"), "42501");
}

}  // namespace
}  // namespace pdv::evaluation
