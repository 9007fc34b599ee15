#ifndef PDV_SERVICES_FINANCEMENT_DOMAIN_ETATS_H_
#define PDV_SERVICES_FINANCEMENT_DOMAIN_ETATS_H_

#include <span>
#include <string_view>

#include "absl/status/statusor.h"
#include "pdv/financement/v1/ligne.pb.h"

namespace pdv::financement {

using v1::EtatLigne;

// What people do to a funder line. Justification and recovery have their states in the enum
// already.
enum class Verbe {
  kPrendreEnCharge,
  kDeclarerRecevable,
  kDeclarerIrrecevable,
  kConstaterSansReponse,
  kProposer,
  kVoter,
  kNotifier,
  kRefuser,
  kEngager,
  kVerser,
};
inline constexpr int kVerbes = 10;

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

// The verbs that decide amounts: propose, vote, commit, pay.
bool DecideMontants(Verbe verbe);
// "prise en charge": French, after "une ligne".
std::string_view EtatEnClair(EtatLigne etat);

// Nobody has decided yet: asked, taken up, admissible, proposed, or without an answer.
bool Indecise(EtatLigne etat);

// The state that a past line's amounts tell: the furthest stage that has an amount.
EtatLigne EtatSelonMontants(const v1::Ligne& ligne);

}  // namespace pdv::financement

#endif  // PDV_SERVICES_FINANCEMENT_DOMAIN_ETATS_H_
