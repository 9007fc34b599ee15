#ifndef PDV_SERVICES_ACTIONS_APP_APPELS_H_
#define PDV_SERVICES_ACTIONS_APP_APPELS_H_

#include <vector>

#include "common/store/mutation.h"
#include "pdv/actions/v1/appel.pb.h"

namespace pdv::actions {

// What create and update of an appel ask beyond the fields: its parts agree, and it is still in
// preparation. See service::ResourceHooks.
absl::Status ReglesAppel(const v1::AppelAProjets* before, v1::AppelAProjets& after,
                         store::Changes& changes);
// The thématiques and quartiers that its rules name: to be read before they are checked.
std::vector<store::Read> CitesParLAppel(const v1::AppelAProjets& appel);
// The same, of the appel as it is stored: an update may not repeat its rules.
std::vector<store::Read> CitesParLAppelConnu(const v1::AppelAProjets& appel,
                                             const store::Changes& changes);

// The verbs of an appel (domain/appel.h).
store::Mutation PublierAppel(const v1::PublierAppelRequest& request);
store::Mutation CloreAppel(const v1::CloreAppelRequest& request);
store::Mutation RouvrirAppel(const v1::RouvrirAppelRequest& request);

}  // namespace pdv::actions

#endif  // PDV_SERVICES_ACTIONS_APP_APPELS_H_
