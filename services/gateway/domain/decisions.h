#ifndef PDV_SERVICES_GATEWAY_DOMAIN_DECISIONS_H_
#define PDV_SERVICES_GATEWAY_DOMAIN_DECISIONS_H_

#include "pdv/actions/v1/action.pb.h"
#include "pdv/financement/v1/ligne.pb.h"

namespace pdv::gateway {

// True once the funder of the line has voted it, whatever came after.
bool Votee(financement::v1::EtatLigne etat);

// The state of an action, where the suite moved it there; UNSPECIFIED where an import says that it
// was so: a past action is known by what its source tells, which may lack its lines.
actions::v1::EtatAction DecisionDansLaSuite(const actions::v1::Action& action);

// What contradicts, in French, between the decision on an action and its lines, of which one at
// least is voted or none is; nullptr: nothing. Each service keeps its own half and knows the
// other's after a while: a vote and a refusal that cross are seen here.
const char* Contradiction(actions::v1::EtatAction decision, bool votee);

}  // namespace pdv::gateway

#endif  // PDV_SERVICES_GATEWAY_DOMAIN_DECISIONS_H_
