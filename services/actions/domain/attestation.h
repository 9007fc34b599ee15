#ifndef PDV_SERVICES_ACTIONS_DOMAIN_ATTESTATION_H_
#define PDV_SERVICES_ACTIONS_DOMAIN_ATTESTATION_H_

#include <string>

#include "absl/time/time.h"
#include "pdv/actions/v1/action.pb.h"

namespace pdv::actions {

// SHA-256 in hexadecimal of what a signataire vouches for: the action without its output-only
// fields and without `etat_importe`, serialized deterministically. Two dossiers that say the same
// have the same one, whatever happened to them.
std::string Empreinte(const v1::Action& action);
// SHA-256 in hexadecimal of all that `said` holds, serialized deterministically.
std::string EmpreinteDe(const v1::Action& said);

// Records that `acteur` attested the action as it is, with the revision of its budget that is known
// here. The first attestation is the deposit.
void Attester(const std::string& acteur, const std::string& organisation,
              const std::string& budget_etag, absl::Time instant, v1::Action* action);

// True when the budget is no longer the one that the last attestation was given with: then it asks
// for a new one.
bool BudgetChange(const v1::Action& action, const std::string& budget_etag);

}  // namespace pdv::actions

#endif  // PDV_SERVICES_ACTIONS_DOMAIN_ATTESTATION_H_
