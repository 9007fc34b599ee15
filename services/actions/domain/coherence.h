#ifndef PDV_SERVICES_ACTIONS_DOMAIN_COHERENCE_H_
#define PDV_SERVICES_ACTIONS_DOMAIN_COHERENCE_H_

#include "absl/status/status.h"
#include "pdv/actions/v1/action.pb.h"
#include "pdv/actions/v1/porteur.pb.h"

namespace pdv::actions {

// The identifier that the identification announces is there; a porteur without identification has
// none; its agrément does not end before it begins. INVALID_ARGUMENT with every violation.
absl::Status VerifierPorteur(const v1::Porteur& porteur);

// What holds in any state: shares of quartiers sum to the whole and name each once, each part of
// the public is told once and has no more people of the quartiers than people, dates are in order.
// INVALID_ARGUMENT with every violation.
absl::Status VerifierAction(const v1::Action& action);

}  // namespace pdv::actions

#endif  // PDV_SERVICES_ACTIONS_DOMAIN_COHERENCE_H_
