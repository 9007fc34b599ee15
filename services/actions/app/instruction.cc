#include "services/actions/app/instruction.h"

#include "common/status/error.h"
#include "services/actions/app/dossier.h"
#include "services/actions/domain/instruction.h"

namespace pdv::actions {
namespace {

// "actions/a/avis/b" -> "actions/a".
std::string DossierDe(const std::string& name) {
  return name.substr(0, name.find('/', name.find('/') + 1));
}

std::vector<store::Read> DossierEtConflits(const std::string& dossier) {
  return {store::Read::Of<v1::Action>(dossier),
          store::Read::Where<v1::ConflitInterets>("action", dossier)};
}

// Who gives an opinion or a mark: named, without interest in a dossier that is being judged, and
// the author of what is changed.
absl::StatusOr<std::string> Auteur(const std::string& dossier, const std::string& author_before,
                                   const store::Changes& changes) {
  absl::StatusOr<v1::Action> action = changes.Get<v1::Action>(dossier);
  if (!action.ok()) return action.status();
  absl::StatusOr<std::string> acteur = Acteur(changes);
  if (!acteur.ok()) return acteur;
  absl::Status status = VerifierSansConflit(changes, dossier, *acteur);
  if (!status.ok()) return status;
  if (!author_before.empty() && author_before != *acteur)
    return status::Error(absl::StatusCode::kPermissionDenied, "AUTEUR_DIFFERENT",
                         "Une autre personne l'a écrit : elle seule le change.")
        .Build();
  status = VerifierEnInstruction(*action);
  if (!status.ok()) return status;
  return acteur;
}

}  // namespace

absl::Status ReglesAvis(const v1::Avis* before, v1::Avis& after, store::Changes& changes) {
  const std::string dossier = DossierDe(after.name());
  absl::StatusOr<std::string> auteur =
      Auteur(dossier, before == nullptr ? "" : before->auteur(), changes);
  if (!auteur.ok()) return auteur.status();
  const std::string_view role = RoleDe(after.qualite());
  if (!changes.call().identity.HasRole(role))
    return status::Error(absl::StatusCode::kPermissionDenied, "QUALITE_INSUFFISANTE",
                         "Un avis se donne en une qualité que l'on a.")
        .With("role", role);
  after.set_action(dossier);
  after.set_auteur(*auteur);
  after.set_organisation(changes.call().identity.organisation);
  return VerifierAvis(&after);
}

absl::Status ReglesCotation(const v1::Cotation* before, v1::Cotation& after,
                            store::Changes& changes) {
  const std::string dossier = DossierDe(after.name());
  absl::StatusOr<std::string> auteur =
      Auteur(dossier, before == nullptr ? "" : before->auteur(), changes);
  if (!auteur.ok()) return auteur.status();
  after.set_action(dossier);
  after.set_auteur(*auteur);
  return VerifierCotation(
      changes.Find<v1::AppelAProjets>(changes.Find<v1::Action>(dossier)->appel()), &after);
}

absl::Status ReglesConflit(const v1::ConflitInterets*, v1::ConflitInterets& after,
                           store::Changes& changes) {
  const std::string dossier = DossierDe(after.name());
  absl::StatusOr<std::string> acteur = Acteur(changes);
  if (!acteur.ok()) return acteur.status();
  if (after.personne().empty()) after.set_personne(*acteur);
  if (after.personne() != *acteur && !changes.call().identity.HasRole("prefet"))
    return status::Error(absl::StatusCode::kPermissionDenied, "AUTEUR_DIFFERENT",
                         "Chacun déclare ses propres intérêts ; le préfet récuse.")
        .Build();
  after.set_action(dossier);
  after.set_declarant(*acteur);
  for (const auto* avis : changes.Where<v1::Avis>("action", dossier)) {
    if (avis->auteur() != after.personne() || avis->ecarte()) continue;
    v1::Avis aside = *avis;
    aside.set_ecarte(true);
    const auto written = changes.Update(std::move(aside));
    if (!written.ok()) return written.status();
  }
  for (const auto* cotation : changes.Where<v1::Cotation>("action", dossier)) {
    if (cotation->auteur() != after.personne() || cotation->ecartee()) continue;
    v1::Cotation aside = *cotation;
    aside.set_ecartee(true);
    const auto written = changes.Update(std::move(aside));
    if (!written.ok()) return written.status();
  }
  return absl::OkStatus();
}

std::vector<store::Read> DossierDeLAvis(const v1::Avis& avis) {
  return DossierEtConflits(DossierDe(avis.name()));
}

std::vector<store::Read> DossierDeLaCotation(const v1::Cotation& cotation) {
  return DossierEtConflits(DossierDe(cotation.name()));
}

std::vector<store::Read> AppelDeLaCotation(const v1::Cotation& cotation,
                                           const store::Changes& changes) {
  const auto* action = changes.Find<v1::Action>(DossierDe(cotation.name()));
  if (action == nullptr || action->appel().empty()) return {};
  return {{&store::Table::Of<v1::AppelAProjets>(), "name", action->appel(), false}};
}

std::vector<store::Read> DossierDuConflit(const v1::ConflitInterets& conflit) {
  const std::string dossier = DossierDe(conflit.name());
  return {store::Read::Of<v1::Action>(dossier), store::Read::Where<v1::Avis>("action", dossier),
          store::Read::Where<v1::Cotation>("action", dossier)};
}

}  // namespace pdv::actions
