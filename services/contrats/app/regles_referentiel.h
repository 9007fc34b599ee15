#ifndef PDV_SERVICES_CONTRATS_APP_REGLES_REFERENTIEL_H_
#define PDV_SERVICES_CONTRATS_APP_REGLES_REFERENTIEL_H_

#include <vector>

#include "absl/status/status.h"
#include "common/store/mutation.h"
#include "pdv/contrats/v1/contrats.pb.h"
#include "services/contrats/domain/instances.h"
#include "services/contrats/domain/territoires.h"
#include "services/contrats/domain/thematiques.h"

namespace pdv::contrats {

// What create, update and import ask of the reference data and of the bodies of a contrat beyond
// their fields (service::ResourceHooks). The rules are in domain/.

// For every resource whose rule is a `Verifier` on the row alone.
template <class T>
absl::Status Regles(const T* /*before*/, T& after, store::Changes& /*changes*/) {
  return Verifier(after);
}

// Tells the generation by the code.
absl::Status ReglesQpv(const v1::Qpv* before, v1::Qpv& after, store::Changes& changes);
absl::Status ReglesContour(const v1::Contour* before, v1::Contour& after, store::Changes& changes);
absl::Status ReglesPassage(const v1::Passage* before, v1::Passage& after, store::Changes& changes);
// The passages of the same older quartier: their parts are summed.
std::vector<store::Read> LecturesPassage(const v1::Passage& passage);
// Places a new node under its parent; a node never moves.
absl::Status ReglesThematique(const v1::Thematique* before, v1::Thematique& after,
                              store::Changes& changes);
// Keeps no name longer than it may be kept; a deleted instance keeps none.
absl::Status ReglesInstance(const v1::Instance* before, v1::Instance& after,
                            store::Changes& changes);

}  // namespace pdv::contrats

#endif  // PDV_SERVICES_CONTRATS_APP_REGLES_REFERENTIEL_H_
