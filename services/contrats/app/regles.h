#ifndef PDV_SERVICES_CONTRATS_APP_REGLES_H_
#define PDV_SERVICES_CONTRATS_APP_REGLES_H_

#include <vector>

#include "absl/status/status.h"
#include "common/store/mutation.h"
#include "pdv/contrats/v1/contrats.pb.h"

namespace pdv::contrats {

// What create, update and import ask of each resource beyond its fields. See service::ResourceHooks.
absl::Status ReglesContrat(const v1::Contrat* before, v1::Contrat& after, store::Changes& changes);
absl::Status ReglesAvenant(const v1::Avenant* before, v1::Avenant& after, store::Changes& changes);
absl::Status ReglesContour(const v1::Contour* before, v1::Contour& after, store::Changes& changes);
absl::Status ReglesPassage(const v1::Passage* before, v1::Passage& after, store::Changes& changes);
absl::Status ReglesThematique(const v1::Thematique* before, v1::Thematique& after,
                              store::Changes& changes);
// The passages of the same older quartier: their parts are summed.
std::vector<store::Read> LecturesPassage(const v1::Passage& passage);

// Keeps the contrat as it stands as its next signed revision, and numbers it.
absl::Status GarderRevision(v1::Contrat& contrat, const std::string& avenant,
                            store::Changes& changes);

}  // namespace pdv::contrats

#endif  // PDV_SERVICES_CONTRATS_APP_REGLES_H_
