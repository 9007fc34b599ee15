#ifndef PDV_SERVICES_ACTIONS_DOMAIN_ETATS_H_
#define PDV_SERVICES_ACTIONS_DOMAIN_ETATS_H_

#include <array>
#include <span>
#include <string_view>

#include "absl/status/statusor.h"
#include "pdv/actions/v1/action.pb.h"

namespace pdv::actions {

using v1::EtatAction;

// What people do to a dossier, up to the decision. What follows a programmation has no verb yet:
// its states are in the enum already.
enum class Verbe {
  kModifier,
  kSoumettre,
  kAttester,
  kDemanderComplements,
  kRepondre,
  kDeclarerComplete,
  kInstruire,
  kProgrammer,
  kRefuser,
  kAjourner,
  kReprendre,
  kDeclarerIrrecevable,
  kAbandonner,
};

// A verb: the method that serves it, and the roles that may call it, of which one is enough (the
// option `roles` of the method says the same; a test compares them).
struct Acte {
  Verbe verbe;
  std::string_view methode;
  std::array<std::string_view, 3> roles;
  std::string_view en_clair;  // French, after "Une action … ne peut pas "
};
std::span<const Acte> Actes();
const Acte& ActeDe(Verbe verbe);
// True for the verbs of those who judge the dossier, false for those of its porteur.
bool Juge(Verbe verbe);

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
// The same for a dossier. One that waits for its attestation is declared inadmissible once it was
// filed: before, nothing was asked of anybody.
absl::StatusOr<EtatAction> Transition(const v1::Action& action, Verbe verbe);

// "EN_INSTRUCTION", as the API writes it, without the enum's prefix.
std::string NomDeLEtat(EtatAction etat);
// "en instruction": French, after "une action".
std::string_view EtatEnClair(EtatAction etat);

}  // namespace pdv::actions

#endif  // PDV_SERVICES_ACTIONS_DOMAIN_ETATS_H_
