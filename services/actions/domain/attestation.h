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

// Records that `acteur` attested the action as it is. The first attestation is the deposit.
void Attester(const std::string& acteur, const std::string& organisation, absl::Time instant,
              v1::Action* action);

}  // namespace pdv::actions

#endif  // PDV_SERVICES_ACTIONS_DOMAIN_ATTESTATION_H_
