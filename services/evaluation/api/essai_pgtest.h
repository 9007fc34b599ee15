#ifndef PDV_SERVICES_EVALUATION_API_ESSAI_PGTEST_H_
#define PDV_SERVICES_EVALUATION_API_ESSAI_PGTEST_H_

#include <string>
#include <vector>

#include "pdv/evaluation/v1/evaluation.pb.h"
#include "services/evaluation/api/evaluation_api.h"
#include "services/evaluation/app/semer_indicateurs.h"
#include "services/evaluation/store/miroirs.h"
#include "tests/pgharness/service_harness.h"

namespace pdv::evaluation {

const std::vector<pg::Migration>& Migrations();

// The service over a fresh database with its seeded indicators, and one action, quartier and
// contrat known of its peers.
class EvaluationTest : public ::testing::Test {
 protected:
  EvaluationTest() {
    service_.Script(
        "INSERT INTO miroir_action (name, revision) VALUES ('actions/a', 1);"
        "INSERT INTO miroir_action (name, revision, delete_time) VALUES ('actions/x', 2, now());"
        "INSERT INTO miroir_qpv (name, revision) VALUES ('qpv/qn03401m', 1);"
        "INSERT INTO miroir_contrat (name, revision) VALUES ('contrats/cv110', 1);");
  }

  static void Date(google::type::Date* date, int y, int m, int d) {
    date->set_year(y);
    date->set_month(m);
    date->set_day(d);
  }
  // A known value of one year.
  static v1::Mesure Mesure(const std::string& id, const std::string& objet, int year,
                           const std::string& value,
                           const std::string& indicateur = "taux-chomage") {
    v1::Mesure mesure;
    mesure.set_name("mesures/" + id);
    mesure.set_indicateur("indicateurs/" + indicateur);
    mesure.set_objet(objet);
    Date(mesure.mutable_debut(), year, 1, 1);
    Date(mesure.mutable_fin(), year + 1, 1, 1);
    mesure.set_statut(v1::STATUT_MESURE_CONNUE);
    mesure.set_valeur(value);
    return mesure;
  }
  static v1::Cible Cible(const std::string& id, const std::string& objet, int year,
                         const std::string& value, const std::string& indicateur = "taux-chomage") {
    v1::Cible cible;
    cible.set_name("cibles/" + id);
    cible.set_indicateur("indicateurs/" + indicateur);
    cible.set_objet(objet);
    cible.set_valeur(value);
    Date(cible.mutable_echeance(), year, 12, 31);
    return cible;
  }
  absl::StatusOr<v1::Mesure> Creer(const v1::Mesure& mesure) {
    v1::CreateMesureRequest request;
    *request.mutable_mesure() = mesure;
    return service_.Call<v1::Mesure>("CreateMesure", request);
  }
  absl::StatusOr<v1::Cible> Creer(const v1::Cible& cible) {
    v1::CreateCibleRequest request;
    *request.mutable_cible() = cible;
    return service_.Call<v1::Cible>("CreateCible", request);
  }
  absl::StatusOr<commun::type::v1::RapportImport> Importer(const std::vector<v1::Mesure>& mesures) {
    std::vector<v1::ImporterMesuresRequest> chunks;
    for (size_t i = 0; i < mesures.size(); ++i) {
      if (i % 1000 == 0) chunks.emplace_back();
      *chunks.back().add_mesures() = mesures[i];
    }
    return service_.Import("ImporterMesures", chunks);
  }
  absl::StatusOr<v1::Serie> Serie(const std::string& indicateur, const std::string& objet,
                                  const std::string& desagregation = "") {
    v1::GetSerieRequest request;
    request.set_indicateur("indicateurs/" + indicateur);
    request.set_objet(objet);
    request.set_desagregation(desagregation);
    return service_.Call<v1::Serie>("GetSerie", request);
  }

  testing::ServedService service_{{"evaluation",
                                   "pdv.evaluation.v1.EvaluationService",
                                   Migrations(),
                                   {&MiroirContrat(), &MiroirQpv(), &MiroirAction()},
                                   Declare,
                                   SemerIndicateurs}};
};

}  // namespace pdv::evaluation

#endif  // PDV_SERVICES_EVALUATION_API_ESSAI_PGTEST_H_
