#ifndef PDV_SERVICES_CONTRATS_DOMAIN_THEMATIQUES_H_
#define PDV_SERVICES_CONTRATS_DOMAIN_THEMATIQUES_H_

#include "absl/status/status.h"
#include "pdv/contrats/v1/nomenclature.pb.h"

namespace pdv::contrats {

// Gives a new node its place: `niveau` and `pilier`, told by its parent (null for a root, which is
// its own pillar), so that the rows of a pillar are found without climbing. The parent is a node of
// the same nomenclature, other than itself, and a tree has 4 levels at most. INVALID_ARGUMENT /
// HIERARCHIE_INCOHERENTE.
absl::Status PlacerThematique(const v1::Thematique* parent, v1::Thematique* node);

// A mapping leads from one nomenclature to another. INVALID_ARGUMENT / HIERARCHIE_INCOHERENTE.
absl::Status Verifier(const v1::Correspondance& correspondance);

// A nomenclature serves at least one day. INVALID_ARGUMENT / DATES_INCOHERENTES.
absl::Status Verifier(const v1::Nomenclature& nomenclature);

}  // namespace pdv::contrats

#endif  // PDV_SERVICES_CONTRATS_DOMAIN_THEMATIQUES_H_
