#include "services/actions/app/porteur.h"

#include <algorithm>

#include "absl/strings/match.h"
#include "common/service/field_rules.h"
#include "common/status/error.h"
#include "pdv/actions/v1/action.pb.h"
#include "services/actions/domain/coherence.h"
#include "services/actions/domain/dates.h"
#include "services/actions/domain/identite.h"
#include "services/actions/domain/mandat.h"

namespace pdv::actions {
namespace {

bool Accompagne(const rpc::Identity& caller) { return caller.HasRole("chef_projet"); }

// Bound to its own organisation: nobody who holds the role of an agent too.
bool EstDUnPorteur(const store::Changes& changes) {
  const rpc::Identity& caller = changes.call().identity;
  if (changes.call().method != nullptr &&
      absl::StartsWith(changes.call().method->name(), "Importer"))
    return false;
  for (const char* agent : {"instructeur", "chef_projet", "prefet"}) {
    if (caller.HasRole(agent)) return false;
  }
  return caller.HasRole("redacteur") || caller.HasRole("signataire");
}

std::vector<const v1::Membre*> Presents(const store::Changes& changes, const std::string& porteur) {
  return changes.Where<v1::Membre>("porteur", porteur);
}

}  // namespace

absl::Status VerifierSien(const rpc::Identity& caller, const std::string& porteur) {
  if (caller.organisation == porteur) return absl::OkStatus();
  return status::Error(absl::StatusCode::kPermissionDenied, "PERIMETRE_INSUFFISANT",
                       caller.organisation.empty()
                           ? "Ce porteur n'agit que par sa propre organisation : dites au nom de "
                             "laquelle vous agissez."
                           : "Ce porteur est une autre organisation que la vôtre.")
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

absl::Status ReglesPorteur(const v1::Porteur* before, v1::Porteur& after, store::Changes& changes) {
  if (EstDUnPorteur(changes)) {
    absl::Status own = VerifierSien(changes.call().identity, after.name());
    if (own.ok()) own = VerifierMandataire(changes, after.name(), v1::ROLE_MEMBRE_REDACTEUR);
    if (own.ok()) {
      const auto actions = changes.Where<v1::Action>("porteur", after.name());
      own = VerifierChampsReserves(
          before, after, std::any_of(actions.begin(), actions.end(), [](const v1::Action* action) {
            return action->has_depot_time();
          }));
    }
    if (!own.ok()) return own;
  }
  return VerifierPorteur(after);
}

std::vector<store::Read> SuiteDuPorteur(const v1::Porteur& porteur, const store::Changes& changes) {
  if (!EstDUnPorteur(changes) || changes.Find<v1::Porteur>(porteur.name()) == nullptr) return {};
  // The porteur is locked, by this and by each deposit: none slips in between.
  std::vector<store::Read> reads = MembresDe(porteur.name());
  reads.push_back({&store::Table::Of<v1::Action>(), "porteur", porteur.name(), /*lock=*/false});
  return reads;
}

absl::Status ReglesMembre(const v1::Membre* before, v1::Membre& after, store::Changes& changes) {
  const std::string porteur = service::ParentOf(after.name());
  const rpc::Identity& caller = changes.call().identity;
  const types::Date jour = JourAParis(changes.now());
  absl::Status allowed = VerifierSien(caller, porteur);
  if (allowed.ok()) allowed = VerifierMandataire(changes, porteur, v1::ROLE_MEMBRE_ADMINISTRATEUR);
  const bool secours = before == nullptr &&
                       (caller.HasRole("prefet") || caller.HasRole("chef_projet")) &&
                       !caller.acteur.empty() && after.role() == v1::ROLE_MEMBRE_ADMINISTRATEUR &&
                       !AdministrateurEnFonction(Presents(changes, porteur), jour);
  if (!allowed.ok() && !secours) return allowed;
  if (before == nullptr) {
    after.set_nomme_par(caller.acteur);
    const auto* owner = changes.Find<v1::Porteur>(porteur);
    if (owner == nullptr || owner->has_delete_time()) return status::NotFound(porteur);
    after.set_porteur(porteur);
  }
  return VerifierMembre(Presents(changes, porteur), after, jour);
}

std::vector<store::Read> MembresDuPorteur(const v1::Membre& membre) {
  const std::string porteur = service::ParentOf(membre.name());
  // The porteur is locked: two people who leave at once do not both leave the other in charge.
  return {store::Read::Of<v1::Porteur>(porteur),
          store::Read::Where<v1::Membre>("porteur", porteur)};
}

}  // namespace pdv::actions
