#ifndef PDV_SERVICES_ACTIONS_APP_CHANGER_ETAT_H_
#define PDV_SERVICES_ACTIONS_APP_CHANGER_ETAT_H_

#include <string>

#include "common/store/mutation.h"
#include "pdv/actions/v1/transitions.pb.h"
#include "services/actions/domain/etats.h"

namespace pdv::actions {

// Moves an action by a verb that looks at its state, and at its lines where it decides the dossier
// (domain/issue.h), and keeps the reason given.
store::Mutation ChangerEtat(const std::string& name, const std::string& etag,
                            const std::string& motif, Verbe verbe);

// The same, from any request that has name, etag and motif.
template <Verbe verbe, class Request>
store::Mutation ChangerEtatPar(const Request& request) {
  return ChangerEtat(request.name(), request.etag(), request.motif(), verbe);
}

// The verbs that rules guard (domain/regles): the action is read first, then all that it is judged
// on, in the same transaction. A refusal leaves everything as it is.

// EN_ATTENTE_ATTESTATION → DEPOSEE: the signataire vouches for the dossier and its budget. A draft
// is submitted first where the request says so.
store::Mutation AttesterAction(const v1::AttesterActionRequest& request);
// DEPOSEE → COMPLETE: nothing lacks.
store::Mutation DeclarerComplete(const v1::DeclarerCompleteRequest& request);

}  // namespace pdv::actions

#endif  // PDV_SERVICES_ACTIONS_APP_CHANGER_ETAT_H_
