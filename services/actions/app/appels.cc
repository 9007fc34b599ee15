#include "services/actions/app/appels.h"

#include <set>
#include <utility>

#include "common/status/error.h"
#include "services/actions/app/dossier.h"
#include "services/actions/domain/appel.h"
#include "services/actions/domain/dates.h"
#include "services/actions/store/miroirs.h"

namespace pdv::actions {
namespace {

// The appel of the request, moved by `verb(changes, appel)`.
template <class Request, class Verb>
store::Mutation Mouvoir(const Request& request, Verb verb) {
  return store::DecideFollowing<v1::AppelAProjets>(
      {store::Read::Of<v1::AppelAProjets>(request.name())},
      [name = request.name()](const store::Changes& changes) {
        const auto* appel = changes.Find<v1::AppelAProjets>(name);
        return appel == nullptr ? std::vector<store::Read>() : CitesParLAppel(*appel);
      },
      [request, verb](store::Changes& changes) -> absl::StatusOr<v1::AppelAProjets> {
        absl::StatusOr<v1::AppelAProjets> appel = changes.Get<v1::AppelAProjets>(request.name());
        if (!appel.ok()) return appel;
        if (appel->has_delete_time()) return status::NotFound(request.name());
        absl::Status status = store::CheckEtag(*appel, request.etag());
        if (status.ok()) status = verb(changes, &*appel);
        if (!status.ok()) return status;
        appel->set_motif(request.motif());
        return changes.Update(*std::move(appel));
      });
}

// The natures of rules whose values are names of what a mirror knows.
std::vector<std::pair<v1::NatureRegle, const store::Table*>> Citables() {
  return {{v1::NATURE_REGLE_THEMATIQUES_ADMISES, &MiroirThematique()},
          {v1::NATURE_REGLE_QUARTIERS_ADMIS, &MiroirQpv()}};
}

// Those that exist. They were read (CitesParLAppel).
std::set<std::string> Connues(const v1::AppelAProjets& appel, const store::Changes& changes) {
  std::set<std::string> known;
  for (const auto& [nature, table] : Citables()) {
    for (std::string& name : ValeursCitees(appel, nature)) {
      if (changes.FindRow(*table, name) != nullptr) known.insert(std::move(name));
    }
  }
  return known;
}

}  // namespace

absl::Status ReglesAppel(const v1::AppelAProjets* before, v1::AppelAProjets& after,
                         store::Changes& changes) {
  if (before == nullptr) after.set_etat(v1::ETAT_APPEL_PREPARATION);
  if (before != nullptr && before->etat() != v1::ETAT_APPEL_PREPARATION)
    return status::Error(absl::StatusCode::kFailedPrecondition, "APPEL_PUBLIE",
                         "Cet appel est publié : il ne se modifie ni ne s'efface plus.")
        .With("name", before->name());
  // A draft goes whatever it says.
  return after.has_delete_time() ? absl::OkStatus() : VerifierAppel(after, Connues(after, changes));
}

std::vector<store::Read> CitesParLAppel(const v1::AppelAProjets& appel) {
  std::vector<store::Read> reads;
  for (const auto& [nature, table] : Citables()) {
    for (std::string& name : ValeursCitees(appel, nature))
      reads.push_back({table, "name", std::move(name), false});
  }
  return reads;
}

std::vector<store::Read> CitesParLAppelConnu(const v1::AppelAProjets& appel,
                                             const store::Changes& changes) {
  const auto* stored = changes.Find<v1::AppelAProjets>(appel.name());
  return stored == nullptr ? std::vector<store::Read>() : CitesParLAppel(*stored);
}

store::Mutation PublierAppel(const v1::PublierAppelRequest& request) {
  return Mouvoir(request, [](const store::Changes& changes, v1::AppelAProjets* appel) {
    // Again: it may have been written before what is asked today, and it changes no more after.
    const absl::Status valid = VerifierAppel(*appel, Connues(*appel, changes));
    return valid.ok() ? Publier(JourAParis(changes.now()), appel) : valid;
  });
}

store::Mutation CloreAppel(const v1::CloreAppelRequest& request) {
  return Mouvoir(request,
                 [](const store::Changes& changes, v1::AppelAProjets* appel) -> absl::Status {
                   absl::StatusOr<std::string> acteur = Acteur(changes);
                   if (!acteur.ok()) return acteur.status();
                   return Clore(*acteur, changes.now(), appel);
                 });
}

store::Mutation RouvrirAppel(const v1::RouvrirAppelRequest& request) {
  return Mouvoir(
      request, [request](const store::Changes& changes, v1::AppelAProjets* appel) -> absl::Status {
        absl::StatusOr<std::string> acteur = Acteur(changes);
        if (!acteur.ok()) return acteur.status();
        return Rouvrir(*acteur, changes.now(), request.motif(), DateDe(request.jusquau()), appel);
      });
}

}  // namespace pdv::actions
