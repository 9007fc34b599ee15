#ifndef PDV_SERVICES_FINANCEMENT_DOMAIN_ETATS_H_
#define PDV_SERVICES_FINANCEMENT_DOMAIN_ETATS_H_

#include <span>

#include "absl/status/statusor.h"
#include "pdv/financement/v1/ligne.pb.h"

namespace pdv::financement {

using v1::EtatLigne;

// The verbs of a funder line that this service knows so far; notification, justification and
// recovery have their states in the enum already.
enum class Verbe { kProposer, kVoter, kRefuser, kEngager, kVerser };

// One legal step.
struct Etape {
  EtatLigne de;
  Verbe verbe;
  EtatLigne vers;
};

// Every legal step; what is not here is forbidden.
std::span<const Etape> Etapes();

// The state after the verb, or FAILED_PRECONDITION / TRANSITION_INTERDITE.
absl::StatusOr<EtatLigne> Transition(EtatLigne de, Verbe verbe);

// The state that a past line's amounts tell: the furthest stage that has an amount.
EtatLigne EtatSelonMontants(const v1::Ligne& ligne);

}  // namespace pdv::financement

#endif  // PDV_SERVICES_FINANCEMENT_DOMAIN_ETATS_H_
