#include "services/actions/domain/mandat.h"

#include <algorithm>
#include <optional>

#include "absl/time/civil_time.h"
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

// The first day, from `jour` on, on which none of these administrateurs is in office.
std::optional<types::Date> Vacance(const std::vector<const v1::Membre*>& administrateurs,
                                   types::Date jour) {
  while (true) {
    std::optional<types::Date> fin;
    for (const v1::Membre* membre : administrateurs) {
      if (!EnFonction(*membre, jour)) continue;
      if (!membre->has_au()) return std::nullopt;
      fin = std::max(fin.value_or(jour), DateDe(membre->au()));
    }
    if (!fin.has_value()) return jour;
    jour = *fin + 1;
  }
}

}  // namespace

bool EnFonction(const v1::Membre& membre, types::Date jour) {
  return DureEncore(membre, jour) && DateDe(membre.du()) <= jour;
}

bool AdministrateurEnFonction(const std::vector<const v1::Membre*>& membres, types::Date jour) {
  return std::any_of(membres.begin(), membres.end(), [&](const v1::Membre* membre) {
    return membre->role() == v1::ROLE_MEMBRE_ADMINISTRATEUR && EnFonction(*membre, jour);
  });
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
  if (after.role() != v1::ROLE_MEMBRE_ADMINISTRATEUR) return absl::OkStatus();
  std::vector<const v1::Membre*> avant, apres;
  for (const v1::Membre* membre : membres) {
    if (membre->role() != v1::ROLE_MEMBRE_ADMINISTRATEUR) continue;
    if (DureEncore(*membre, jour)) avant.push_back(membre);
    if (membre->name() != after.name() && DureEncore(*membre, jour)) apres.push_back(membre);
  }
  if (DureEncore(after, jour)) apres.push_back(&after);
  // Neither had one, nor names one: what is over is over.
  if (avant.empty() && apres.empty()) return absl::OkStatus();
  types::Date premier =
      AdministrateurEnFonction(avant, jour) || apres.empty()
          ? jour
          : DateDe((*std::min_element(apres.begin(), apres.end(),
                                      [](const auto* one, const auto* other) {
                                        return DateDe(one->du()) < DateDe(other->du());
                                      }))
                       ->du());
  const std::optional<types::Date> vacance = Vacance(apres, std::max(premier, jour));
  if (!vacance.has_value()) return absl::OkStatus();
  return status::Error(absl::StatusCode::kFailedPrecondition, "ADMINISTRATEUR_ABSENT",
                       "Un porteur garde un administrateur : nommez d'abord le suivant, dont le "
                       "mandat commence au plus tard le lendemain.")
      .With("jour", absl::FormatCivilTime(*vacance));
}

}  // namespace pdv::actions
