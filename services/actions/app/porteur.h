#ifndef PDV_SERVICES_ACTIONS_APP_PORTEUR_H_
#define PDV_SERVICES_ACTIONS_APP_PORTEUR_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "common/rpc/call.h"
#include "common/store/changes.h"
#include "pdv/actions/v1/membre.pb.h"
#include "pdv/actions/v1/porteur.pb.h"

namespace pdv::actions {

// A caller acts for its own organisation: PERMISSION_DENIED / PERIMETRE_INSUFFISANT where
// x-pdv-organisation is not the porteur.
absl::Status VerifierSien(const rpc::Identity& caller, const std::string& porteur);
// The same for what the project team, that helps all of them to write, does too.
absl::Status VerifierSienOuAide(const rpc::Identity& caller, const std::string& porteur);

// The people of the porteur, to be read before the two below look at them. They are not locked.
std::vector<store::Read> MembresDe(const std::string& porteur);

// A caller who writes for the porteur: of it, and among those who may where it says who they are
// (domain/mandat.h).
absl::Status VerifierEcrivain(const store::Changes& changes, const std::string& porteur);
// The same for the role that an act takes: SIGNATAIRE to attest.
absl::Status VerifierMandataire(const store::Changes& changes, const std::string& porteur,
                                v1::RoleMembre role);

// What the writing of a porteur asks beyond its fields. A rédacteur or a signataire writes the one
// that it acts for, and not all of it (domain/identite.h). An import states facts, whoever sends
// it; callers that hold neither role are other systems and the agents of the authorities.
absl::Status ReglesPorteur(const v1::Porteur* before, v1::Porteur& after, store::Changes& changes);
// For a rédacteur or a signataire: the mandates, and the dossiers that were filed.
std::vector<store::Read> SuiteDuPorteur(const v1::Porteur& porteur, const store::Changes& changes);

// What the writing of a membre asks beyond its fields: an administrateur of the porteur does it, or
// anyone of it as long as it has none. Where none is in office, the préfet or the project team
// names one.
absl::Status ReglesMembre(const v1::Membre* before, v1::Membre& after, store::Changes& changes);
std::vector<store::Read> MembresDuPorteur(const v1::Membre& membre);

}  // namespace pdv::actions

#endif  // PDV_SERVICES_ACTIONS_APP_PORTEUR_H_
