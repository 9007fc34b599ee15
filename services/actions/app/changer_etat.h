#ifndef PDV_SERVICES_ACTIONS_APP_CHANGER_ETAT_H_
#define PDV_SERVICES_ACTIONS_APP_CHANGER_ETAT_H_

#include <string>

#include "common/store/mutation.h"
#include "services/actions/domain/etats.h"

namespace pdv::actions {

// Moves an action by a verb that needs nothing but its state, and keeps the reason given.
store::Mutation ChangerEtat(const std::string& name, const std::string& etag,
                            const std::string& motif, Verbe verbe);

// The same, from any request that has name, etag and motif.
template <Verbe verbe, class Request>
store::Mutation ChangerEtatPar(const Request& request) {
  return ChangerEtat(request.name(), request.etag(), request.motif(), verbe);
}

}  // namespace pdv::actions

#endif  // PDV_SERVICES_ACTIONS_APP_CHANGER_ETAT_H_
