#ifndef PDV_SERVICES_FINANCEMENT_DOMAIN_DOSSIERS_H_
#define PDV_SERVICES_FINANCEMENT_DOMAIN_DOSSIERS_H_

#include "absl/status/status.h"
#include "pdv/actions/v1/action.pb.h"
#include "services/financement/domain/etats.h"

namespace pdv::financement {

// May this be done to a line of that dossier (null: it is not known)? A subvention answers a
// demand: nothing is proposed, voted or committed for a dossier that is not filed, waits for its
// porteur, or no longer stands (loi n° 2000-321 du 12 avril 2000, art. 9-1: the project is the
// porteur's own; décret n° 2001-495). A draft that was never filed is neither taken up nor judged
// admissible. What ends a line, and what pays one that is committed, is always possible.
// FAILED_PRECONDITION / DOSSIER_NON_DEPOSE.
absl::Status VerifierDossier(Verbe verbe, const actions::v1::Action* action);

// May its budget be written? It is what the signataire attests: while the dossier is a draft, waits
// for its attestation, or for complements, after which it is attested again. FAILED_PRECONDITION /
// BUDGET_FIGE.
absl::Status VerifierBudgetOuvert(const actions::v1::Action& action);

// May what it asks of its funders change, under its budget? Until it is decided: a change after the
// attestation is a difference of the budget, by which `actions` asks for a new one (domain/issue.h
// there). FAILED_PRECONDITION / BUDGET_FIGE.
absl::Status VerifierDemandesOuvertes(const actions::v1::Action& action);

}  // namespace pdv::financement

#endif  // PDV_SERVICES_FINANCEMENT_DOMAIN_DOSSIERS_H_
