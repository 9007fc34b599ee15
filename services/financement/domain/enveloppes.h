#ifndef PDV_SERVICES_FINANCEMENT_DOMAIN_ENVELOPPES_H_
#define PDV_SERVICES_FINANCEMENT_DOMAIN_ENVELOPPES_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "pdv/financement/v1/ecriture.pb.h"
#include "pdv/financement/v1/enveloppe.pb.h"

namespace pdv::financement {

// The régions and départements that hold a perimeter, as contrats says; none: it is not known here.
using Englobants = std::optional<std::vector<std::string>>;

// May `parent` delegate to `enfant`? Same funder, programme, exercice and nature, and a wider
// perimeter (nation, then région, département, contrat) that holds that of the child: the nation,
// or one of its `englobants`. FAILED_PRECONDITION / PARENT_INCOHERENT naming everything that
// differs.
absl::Status VerifierParent(const v1::Enveloppe& parent, const v1::Enveloppe& enfant,
                            const Englobants& englobants);

// The entries of the verbs, for `montant` cents. FAILED_PRECONDITION: ENVELOPPE_INSUFFISANTE with
// `reste_centimes` when the envelope that gives has less; ENVELOPPE_INCOHERENTE naming everything
// that differs when the two do not go together; PARENT_INCOHERENT when `enfant` is not a child of
// `parent`; REPRISE_EXCESSIVE when a parent takes back from a child more than it has delegated to
// it.
v1::Ecriture Abonder(const v1::Enveloppe& enveloppe, int64_t montant);
absl::StatusOr<v1::Ecriture> Deleguer(const v1::Enveloppe& parent, const v1::Enveloppe& enfant,
                                      int64_t montant, bool reprise);
absl::StatusOr<v1::Ecriture> Transferer(const v1::Enveloppe& source,
                                        const v1::Enveloppe& destination, int64_t montant);
absl::StatusOr<v1::Ecriture> Geler(const v1::Enveloppe& enveloppe, int64_t montant);
absl::StatusOr<v1::Ecriture> Degeler(const v1::Enveloppe& enveloppe, int64_t montant);
// Crédits that were not used may be carried over to the next year (loi organique n° 2001-692 du
// 1er août 2001, art. 15). MONTANT_NUL when nothing is left to carry over.
absl::StatusOr<v1::Ecriture> Reporter(const v1::Enveloppe& source, const v1::Enveloppe& destination,
                                      int64_t montant);

// The entry that brings the dotation from that of `before` (null: a new envelope) to that of
// `after`: from or to outside for a root (`parent` null), the parent otherwise.
// FAILED_PRECONDITION: ENVELOPPE_INSUFFISANTE when the parent has less left, ENVELOPPE_ENTAMEE when
// the envelope would give back more than it has left, REPRISE_EXCESSIVE when it is more than the
// parent has delegated to it. The dotations must differ.
absl::StatusOr<v1::Ecriture> EcritureDotation(const v1::Enveloppe* before,
                                              const v1::Enveloppe& after,
                                              const v1::Enveloppe* parent);

}  // namespace pdv::financement

#endif  // PDV_SERVICES_FINANCEMENT_DOMAIN_ENVELOPPES_H_
