#include "services/evaluation/api/evaluation_api.h"

#include "services/evaluation/app/regles_ressources.h"
#include "services/evaluation/store/series.h"

namespace pdv::evaluation {

void Declare(service::Api& api) {
  api.Resource<v1::Indicateur>();
  api.Resource<v1::Cible>(ReglesCible, LecturesCible);
  api.Resource<v1::Mesure>(ReglesMesure, LecturesMesure);
  api.Query<v1::GetSerieRequest, v1::Serie>("GetSerie", GetSerie);
  api.Query<v1::ComparerCiblesRequest, v1::ComparerCiblesResponse>("ComparerCibles",
                                                                   ComparerCibles);
  api.Watch("WatchEvaluation", "ListEvenements");
}

}  // namespace pdv::evaluation
