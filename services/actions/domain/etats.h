#ifndef PDV_SERVICES_ACTIONS_DOMAIN_ETATS_H_
#define PDV_SERVICES_ACTIONS_DOMAIN_ETATS_H_

#include <span>

#include "absl/status/statusor.h"
#include "pdv/actions/v1/action.pb.h"

namespace pdv::actions {

using v1::EtatAction;

// The verbs that move an action from state to state, as far as a programmation needs them.
// Attestation, completeness and realisation come with the dossiers: their states are in the enum
// already.
enum class Verbe {
  kDeposer,
  kInstruire,
  kProgrammer,
  kRefuser,
  kAjourner,
  kDeclarerIrrecevable,
  kAbandonner,
};

// One legal step.
struct Etape {
  EtatAction de;
  Verbe verbe;
  EtatAction vers;
};

// Every legal step; what is not here is forbidden.
std::span<const Etape> Etapes();

// The state after the verb, or FAILED_PRECONDITION / TRANSITION_INTERDITE.
absl::StatusOr<EtatAction> Transition(EtatAction de, Verbe verbe);

}  // namespace pdv::actions

#endif  // PDV_SERVICES_ACTIONS_DOMAIN_ETATS_H_
