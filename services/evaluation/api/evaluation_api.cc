#include "services/evaluation/api/evaluation_api.h"

#include "common/pg/error.h"
#include "services/evaluation/app/regles_ressources.h"
#include "services/evaluation/store/series.h"

namespace pdv::evaluation {

namespace {

// What the constraints of the migrations mean to a caller.
void DeclareConstraints() {
  pg::DeclareConstraint("indicateur_code_key", "INDICATEUR_EXISTANT",
                        "Un autre indicateur a déjà ce code.");
  pg::DeclareConstraint("cible_cle_naturelle", "CIBLE_EXISTANTE",
                        "Une cible existe déjà pour cet indicateur, cet objet et cette échéance.");
  pg::DeclareConstraint("mesure_cle_naturelle", "MESURE_EXISTANTE",
                        "Cet indicateur est déjà mesuré sur cet objet et cette période.");
  pg::DeclareConstraint("mesure_valeur", "VALEUR_INCOHERENTE",
                        "Une mesure a une valeur si et seulement si elle est connue.");
  pg::DeclareConstraint("mesure_periode", "PERIODE_INVALIDE",
                        "La période finit après avoir commencé.");
}

}  // namespace

void Declare(service::Api& api) {
  DeclareConstraints();

  api.Resource<v1::Indicateur>(ReglesIndicateur);
  api.Resource<v1::Cible>(ReglesCible, LecturesCible);
  api.Resource<v1::Mesure>(ReglesMesure, LecturesMesure);
  api.Query<v1::GetSerieRequest, v1::Serie>("GetSerie", GetSerie);
  api.Query<v1::ComparerCiblesRequest, v1::ComparerCiblesResponse>("ComparerCibles",
                                                                   ComparerCibles);
  api.Watch("WatchEvaluation", "ListEvenements");
}

}  // namespace pdv::evaluation
