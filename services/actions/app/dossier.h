#ifndef PDV_SERVICES_ACTIONS_APP_DOSSIER_H_
#define PDV_SERVICES_ACTIONS_APP_DOSSIER_H_

#include <string>

#include "absl/status/statusor.h"
#include "common/store/changes.h"
#include "services/actions/domain/etats.h"

namespace pdv::actions {

// The present dossier, for someone who acts on it: NOT_FOUND where there is none, ABORTED where it
// changed since the caller saw it. Whoever acts for another porteur alone is told so before anything
// of the dossier (PERIMETRE_INSUFFISANT).
absl::StatusOr<v1::Action> PourAgir(const store::Changes& changes, const std::string& name,
                                    const std::string& etag);

// Whoever acts for the porteur acts for its own organisation (x-pdv-organisation is the porteur's
// name): PERMISSION_DENIED / PERIMETRE_INSUFFISANT otherwise; and holds the role there, where the
// porteur says who does (MANDAT_ABSENT). A caller who holds another of the verb's roles, as the
// project team that helps to write, is not bound by it. The mandates were read.
absl::Status VerifierPerimetre(const store::Changes& changes, const std::string& porteur,
                               Verbe verbe);
// The mandates of the porteur of a dossier that was read.
std::vector<store::Read> MandatsDuDossier(const store::Changes& changes, const std::string& name);

// The name under which an act is recorded; PERMISSION_DENIED / ACTEUR_ABSENT where there is none.
absl::StatusOr<std::string> Acteur(const store::Changes& changes);

// Whoever declared an interest in the dossier, or was recused, takes no part in it:
// PERMISSION_DENIED / CONFLIT_D_INTERETS. The declarations were read by the dossier.
absl::Status VerifierSansConflit(const store::Changes& changes, const std::string& dossier,
                                 const std::string& acteur);
store::Read Conflits(const std::string& dossier);

// The same for the project team, which helps to write: who has an interest in a dossier changes it
// for its own organisation only. A caller who writes as one of the porteur: OK.
absl::Status VerifierAidant(const store::Changes& changes, const v1::Action& dossier);

// Moves the dossier by the verb, after its perimeter and the legal steps, and keeps the reason
// given. Those who judge it are named, and have no interest in it. Not written yet. Its
// declarations of interest were read.
absl::Status Avancer(const store::Changes& changes, const std::string& motif, Verbe verbe,
                     v1::Action* action);

}  // namespace pdv::actions

#endif  // PDV_SERVICES_ACTIONS_APP_DOSSIER_H_
