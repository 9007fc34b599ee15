#include "services/actions/domain/mandat.h"

#include "common/status/error.h"
#include "services/actions/domain/dates.h"

namespace pdv::actions {
namespace {

bool Couvre(v1::RoleMembre held, v1::RoleMembre asked) {
  return held == asked || asked == v1::ROLE_MEMBRE_REDACTEUR;
}

// Its role is not over: it holds it, or will.
bool DureEncore(const v1::Membre& membre, types::Date jour) {
  return !membre.has_delete_time() && (!membre.has_au() || DateDe(membre.au()) >= jour);
}

const char* Manque(v1::RoleMembre role) {
  switch (role) {
    case v1::ROLE_MEMBRE_SIGNATAIRE:
      return "Vous n'êtes pas signataire de ce porteur aujourd'hui.";
    case v1::ROLE_MEMBRE_ADMINISTRATEUR:
      return "Vous n'administrez pas ce porteur aujourd'hui.";
    default:
      return "Vous n'êtes pas de ceux qui écrivent pour ce porteur aujourd'hui.";
  }
}

}  // namespace

bool EnFonction(const v1::Membre& membre, types::Date jour) {
  return DureEncore(membre, jour) && DateDe(membre.du()) <= jour;
}

absl::Status VerifierMandat(const std::vector<const v1::Membre*>& membres,
                            const std::string& acteur, v1::RoleMembre role, types::Date jour) {
  bool bound = false;
  for (const v1::Membre* membre : membres) {
    if (membre->has_delete_time() || !Couvre(membre->role(), role)) continue;
    // Someone whose time is over still binds: the organisation said who may.
    bound = true;
    if (membre->acteur() == acteur && EnFonction(*membre, jour)) return absl::OkStatus();
  }
  if (!bound) return absl::OkStatus();
  return status::Error(absl::StatusCode::kPermissionDenied, "MANDAT_ABSENT", Manque(role))
      .With("acteur", acteur)
      .With("role", v1::RoleMembre_Name(role).substr(sizeof("ROLE_MEMBRE_") - 1));
}

absl::Status VerifierMembre(const std::vector<const v1::Membre*>& membres, const v1::Membre& after,
                            types::Date jour) {
  if (after.has_au() && DateDe(after.au()) < DateDe(after.du()))
    return status::InvalidRequest(
        {{"membre.au", "DATES_INCOHERENTES", "Le mandat finit avant de commencer."}});
  bool had = false;
  bool has = after.role() == v1::ROLE_MEMBRE_ADMINISTRATEUR && DureEncore(after, jour);
  for (const v1::Membre* membre : membres) {
    if (membre->role() != v1::ROLE_MEMBRE_ADMINISTRATEUR || !DureEncore(*membre, jour)) continue;
    had = true;
    has = has || membre->name() != after.name();
  }
  if (!had || has) return absl::OkStatus();
  return status::Error(absl::StatusCode::kFailedPrecondition, "ADMINISTRATEUR_ABSENT",
                       "Un porteur garde un administrateur : nommez d'abord le suivant.");
}

}  // namespace pdv::actions
