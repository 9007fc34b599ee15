#ifndef PDV_SERVICES_EVALUATION_APP_REGLES_RESSOURCES_H_
#define PDV_SERVICES_EVALUATION_APP_REGLES_RESSOURCES_H_

#include <vector>

#include "absl/status/status.h"
#include "common/store/changes.h"
#include "pdv/evaluation/v1/evaluation.pb.h"

namespace pdv::evaluation {

// What create, update and import ask beyond the fields. See service::ResourceHooks. The object of a
// target or a measure exists, where this service can know it (actions, quartiers, contrats).
absl::Status ReglesIndicateur(const v1::Indicateur* before, v1::Indicateur& after,
                              store::Changes& changes);
absl::Status ReglesCible(const v1::Cible* before, v1::Cible& after, store::Changes& changes);
absl::Status ReglesMesure(const v1::Mesure* before, v1::Mesure& after, store::Changes& changes);
std::vector<store::Read> LecturesCible(const v1::Cible& cible);
std::vector<store::Read> LecturesMesure(const v1::Mesure& mesure);

}  // namespace pdv::evaluation

#endif  // PDV_SERVICES_EVALUATION_APP_REGLES_RESSOURCES_H_
