#include "services/actions/app/dossier.h"

#include "common/status/error.h"

namespace pdv::actions {

absl::StatusOr<v1::Action> PourAgir(const store::Changes& changes, const std::string& name,
                                    const std::string& etag) {
  absl::StatusOr<v1::Action> action = changes.Get<v1::Action>(name);
  if (!action.ok()) return action;
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
  if (!of_porteur || caller.organisation == porteur) return absl::OkStatus();
  return status::Error(absl::StatusCode::kPermissionDenied, "PERIMETRE_INSUFFISANT",
                       "Ce dossier est celui d'une autre organisation.")
      .With("porteur", porteur)
      .With("organisation", caller.organisation);
}

absl::StatusOr<std::string> Acteur(const store::Changes& changes) {
  const std::string& acteur = changes.call().identity.acteur;
  if (!acteur.empty()) return acteur;
  return status::Error(absl::StatusCode::kPermissionDenied, "ACTEUR_ABSENT",
                       "Cet acte s'enregistre au nom de son auteur, qui n'est pas nommé.")
      .Build();
}

absl::Status Avancer(const store::Changes& changes, const std::string& motif, Verbe verbe,
                     v1::Action* action) {
  absl::Status allowed = VerifierPerimetre(changes, action->porteur(), verbe);
  if (!allowed.ok()) return allowed;
  absl::StatusOr<EtatAction> etat = Transition(action->etat(), verbe);
  if (!etat.ok()) return etat.status();
  action->set_etat(*etat);
  action->set_motif(motif);
  return absl::OkStatus();
}

}  // namespace pdv::actions
