#ifndef PDV_SERVICES_FINANCEMENT_DOMAIN_HABILITATIONS_H_
#define PDV_SERVICES_FINANCEMENT_DOMAIN_HABILITATIONS_H_

#include <array>
#include <span>
#include <string>
#include <string_view>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "services/financement/domain/etats.h"

namespace pdv::financement {

// Who does what to a line (domain handbook: « own line », « State line »). One role is enough.
struct Habilitation {
  Verbe verbe;
  std::string_view methode;
  std::array<std::string_view, 2> roles;       // on the line of one's own organisation
  std::array<std::string_view, 2> roles_etat;  // the same, where the funder is the State
  // Anybody's line: what is recorded is a fact about somebody else.
  bool toute_ligne;
};
std::span<const Habilitation> Habilitations();
// Roles that record, traced, for a funder that does not use the suite.
std::span<const std::string_view> RolesPourAutrui();

// Whose line it is.
struct Titulaire {
  std::string financeur;    // "financeurs/caf"
  bool hors_suite = false;  // it does not use the suite: the EPCI or the préfecture records for it
};

// May the caller, of `organisation` and with the roles that `porte` knows, do it?
// PERMISSION_DENIED: ROLE_INSUFFISANT, or PERIMETRE_INSUFFISANT when the role is right on its own
// line only.
absl::Status Habiliter(Verbe verbe, const Titulaire& titulaire, std::string_view organisation,
                       absl::FunctionRef<bool(std::string_view)> porte);

// May the caller move the money of an envelope of that funder? Those of the State are moved by the
// ANCT and the préfets, the others by their funder. PERMISSION_DENIED, as above.
absl::Status HabiliterEnveloppe(const Titulaire& titulaire, std::string_view organisation,
                                absl::FunctionRef<bool(std::string_view)> porte);

// May the caller close the programmation of a contrat? The préfet does, for the État: the contrat
// is signed with it (loi n° 2014-173 du 21 février 2014, art. 6). PERMISSION_DENIED, as above.
absl::Status HabiliterArret(std::string_view organisation,
                            absl::FunctionRef<bool(std::string_view)> porte);

}  // namespace pdv::financement

#endif  // PDV_SERVICES_FINANCEMENT_DOMAIN_HABILITATIONS_H_
