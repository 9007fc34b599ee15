#ifndef PDV_SERVICES_ACTIONS_DOMAIN_IMPORTATION_H_
#define PDV_SERVICES_ACTIONS_DOMAIN_IMPORTATION_H_

#include <string>

#include "absl/status/status.h"
#include "pdv/actions/v1/action.pb.h"

namespace pdv::actions {

// SHA-256, in hexadecimal, of what an import states of an action: without its output-only fields.
std::string EmpreinteDuReleve(const v1::Action& releve);

// True when the statement is the one that was imported last: whatever the suite wrote since, it has
// nothing to say.
bool DejaImporte(const v1::Action* before, const std::string& empreinte);

// An import states facts of the past, without the rules of the verbs: the state of `after`, which
// holds what it says. It touches no action that lived here (FAILED_PRECONDITION / ACTION_DEPOSEE):
// filed in the suite, or taken further than a draft without an import. `before` is null for a new
// one.
absl::Status Importer(const v1::Action* before, v1::Action* after);

}  // namespace pdv::actions

#endif  // PDV_SERVICES_ACTIONS_DOMAIN_IMPORTATION_H_
