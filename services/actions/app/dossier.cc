#include "services/actions/app/dossier.h"

#include <algorithm>
#include <string_view>
#include <vector>

#include "absl/strings/str_split.h"
#include "common/status/error.h"
#include "pdv/actions/v1/conflit.pb.h"
#include "services/actions/app/porteur.h"

namespace pdv::actions {
namespace {

absl::Status HorsPerimetre(const std::string& porteur, const rpc::Identity& caller) {
  return status::Error(absl::StatusCode::kPermissionDenied, "PERIMETRE_INSUFFISANT",
                       "Ce dossier est celui d'une autre organisation.")
      .With("porteur", porteur)
      .With("organisation", caller.organisation);
}

// Acts for a porteur, and in no other quality.
bool DuPorteurSeulement(const rpc::Identity& caller) {
  const std::vector<std::string> roles = absl::StrSplit(caller.role, ',', absl::SkipWhitespace());
  return !roles.empty() && std::all_of(roles.begin(), roles.end(), [](std::string_view role) {
    return role == "redacteur" || role == "signataire";
  });
}

}  // namespace

absl::StatusOr<v1::Action> PourAgir(const store::Changes& changes, const std::string& name,
                                    const std::string& etag) {
  absl::StatusOr<v1::Action> action = changes.Get<v1::Action>(name);
  if (!action.ok()) return action;
  const rpc::Identity& caller = changes.call().identity;
  if (DuPorteurSeulement(caller) && caller.organisation != action->porteur())
    return HorsPerimetre(action->porteur(), caller);
  if (action->has_delete_time()) return status::NotFound(name);
  absl::Status fresh = store::CheckEtag(*action, etag);
  if (!fresh.ok()) return fresh;
  return action;
}

absl::Status VerifierPerimetre(const store::Changes& changes, const std::string& porteur,
                               Verbe verbe) {
  const rpc::Identity& caller = changes.call().identity;
  bool of_porteur = false;
  for (std::string_view role : ActeDe(verbe).roles) {
    if (role.empty() || !caller.HasRole(role)) continue;
    if (role != "redacteur" && role != "signataire") return absl::OkStatus();
    of_porteur = true;
  }
  if (!of_porteur) return absl::OkStatus();
  if (caller.organisation == porteur)
    return VerifierMandataire(
        changes, porteur,
        verbe == Verbe::kAttester ? v1::ROLE_MEMBRE_SIGNATAIRE : v1::ROLE_MEMBRE_REDACTEUR);
  return HorsPerimetre(porteur, caller);
}

std::vector<store::Read> MandatsDuDossier(const store::Changes& changes, const std::string& name) {
  const auto* action = changes.Find<v1::Action>(name);
  return action == nullptr ? std::vector<store::Read>() : MembresDe(action->porteur());
}

absl::StatusOr<std::string> Acteur(const store::Changes& changes) {
  const std::string& acteur = changes.call().identity.acteur;
  if (!acteur.empty()) return acteur;
  return status::Error(absl::StatusCode::kPermissionDenied, "ACTEUR_ABSENT",
                       "Cet acte s'enregistre au nom de son auteur, qui n'est pas nommé.")
      .Build();
}

store::Read Conflits(const std::string& dossier) {
  return store::Read::Where<v1::ConflitInterets>("action", dossier);
}

absl::Status VerifierSansConflit(const store::Changes& changes, const std::string& dossier,
                                 const std::string& acteur) {
  for (const auto* conflit : changes.Where<v1::ConflitInterets>("action", dossier)) {
    if (conflit->personne() == acteur)
      return status::Error(absl::StatusCode::kPermissionDenied, "CONFLIT_D_INTERETS",
                           "Vous avez un intérêt dans ce dossier : vous n'y prenez pas part.")
          .With("declaration", conflit->name());
  }
  return absl::OkStatus();
}

absl::Status VerifierAidant(const store::Changes& changes, const v1::Action& dossier) {
  const rpc::Identity& caller = changes.call().identity;
  if (!caller.HasRole("chef_projet")) return absl::OkStatus();
  // One's own dossier is no interest that one declares.
  if (caller.HasRole("redacteur") && caller.organisation == dossier.porteur() &&
      VerifierMandataire(changes, dossier.porteur(), v1::ROLE_MEMBRE_REDACTEUR).ok())
    return absl::OkStatus();
  absl::StatusOr<std::string> acteur = Acteur(changes);
  if (!acteur.ok()) return acteur.status();
  return VerifierSansConflit(changes, dossier.name(), *acteur);
}

absl::Status Avancer(const store::Changes& changes, const std::string& motif, Verbe verbe,
                     v1::Action* action) {
  absl::Status allowed = VerifierPerimetre(changes, action->porteur(), verbe);
  if (allowed.ok() && Juge(verbe)) {
    absl::StatusOr<std::string> acteur = Acteur(changes);
    if (!acteur.ok()) return acteur.status();
    allowed = VerifierSansConflit(changes, action->name(), *acteur);
  }
  if (!allowed.ok()) return allowed;
  absl::StatusOr<EtatAction> etat = Transition(*action, verbe);
  if (!etat.ok()) return etat.status();
  action->set_etat(*etat);
  action->set_motif(motif);
  return absl::OkStatus();
}

}  // namespace pdv::actions
