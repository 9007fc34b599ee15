#include "services/actions/app/porteur.h"

#include "common/service/field_rules.h"
#include "common/status/error.h"
#include "services/actions/domain/dates.h"
#include "services/actions/domain/mandat.h"

namespace pdv::actions {
namespace {

bool Accompagne(const rpc::Identity& caller) { return caller.HasRole("chef_projet"); }

std::vector<const v1::Membre*> Presents(const store::Changes& changes, const std::string& porteur) {
  return changes.Where<v1::Membre>("porteur", porteur);
}

}  // namespace

absl::Status VerifierSien(const rpc::Identity& caller, const std::string& porteur) {
  if (caller.organisation == porteur) return absl::OkStatus();
  return status::Error(absl::StatusCode::kPermissionDenied, "PERIMETRE_INSUFFISANT",
                       "Ce porteur est une autre organisation que la vôtre.")
      .With("porteur", porteur)
      .With("organisation", caller.organisation);
}

absl::Status VerifierSienOuAide(const rpc::Identity& caller, const std::string& porteur) {
  return Accompagne(caller) ? absl::OkStatus() : VerifierSien(caller, porteur);
}

std::vector<store::Read> MembresDe(const std::string& porteur) {
  return {{&store::Table::Of<v1::Membre>(), "porteur", porteur, /*lock=*/false}};
}

absl::Status VerifierMandataire(const store::Changes& changes, const std::string& porteur,
                                v1::RoleMembre role) {
  return VerifierMandat(Presents(changes, porteur), changes.call().identity.acteur, role,
                        JourAParis(changes.now()));
}

absl::Status VerifierEcrivain(const store::Changes& changes, const std::string& porteur) {
  if (Accompagne(changes.call().identity)) return absl::OkStatus();
  const absl::Status own = VerifierSien(changes.call().identity, porteur);
  if (!own.ok()) return own;
  return VerifierMandataire(changes, porteur, v1::ROLE_MEMBRE_REDACTEUR);
}

absl::Status ReglesMembre(const v1::Membre* before, v1::Membre& after, store::Changes& changes) {
  const std::string porteur = service::ParentOf(after.name());
  absl::Status allowed = VerifierSien(changes.call().identity, porteur);
  if (allowed.ok()) allowed = VerifierMandataire(changes, porteur, v1::ROLE_MEMBRE_ADMINISTRATEUR);
  if (!allowed.ok()) return allowed;
  if (before == nullptr) {
    const auto* owner = changes.Find<v1::Porteur>(porteur);
    if (owner == nullptr || owner->has_delete_time()) return status::NotFound(porteur);
    after.set_porteur(porteur);
  }
  return VerifierMembre(Presents(changes, porteur), after, JourAParis(changes.now()));
}

std::vector<store::Read> MembresDuPorteur(const v1::Membre& membre) {
  const std::string porteur = service::ParentOf(membre.name());
  // The porteur is locked: two people who leave at once do not both leave the other in charge.
  return {store::Read::Of<v1::Porteur>(porteur),
          store::Read::Where<v1::Membre>("porteur", porteur)};
}

}  // namespace pdv::actions
