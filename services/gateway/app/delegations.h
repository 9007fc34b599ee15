#ifndef PDV_SERVICES_GATEWAY_APP_DELEGATIONS_H_
#define PDV_SERVICES_GATEWAY_APP_DELEGATIONS_H_

#include <set>
#include <string>

#include "absl/status/status.h"
#include "services/gateway/app/pairs.h"
#include "services/gateway/domain/composer_tableau.h"

namespace pdv::gateway {

// Adds to `matiere` what its envelopes have delegated, and what was delegated in turn: a wave of
// reads for each level of the tree (nation, région, département, contrat), and none where nothing
// was delegated. Adds to `injoignables` the services that did not answer.
absl::Status LireDelegations(const Pairs& pairs, const rpc::Call& call, Matiere* matiere,
                             std::set<std::string>* injoignables);

}  // namespace pdv::gateway

#endif  // PDV_SERVICES_GATEWAY_APP_DELEGATIONS_H_
