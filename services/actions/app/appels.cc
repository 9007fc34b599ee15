#include "services/actions/app/appels.h"

#include "common/status/error.h"
#include "services/actions/app/dossier.h"
#include "services/actions/domain/appel.h"
#include "services/actions/domain/dates.h"

namespace pdv::actions {
namespace {

// The appel of the request, moved by `verb(changes, appel)`.
template <class Request, class Verb>
store::Mutation Mouvoir(const Request& request, Verb verb) {
  return store::Decide<v1::AppelAProjets>(
      {store::Read::Of<v1::AppelAProjets>(request.name())},
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

}  // namespace

absl::Status ReglesAppel(const v1::AppelAProjets* before, v1::AppelAProjets& after,
                         store::Changes&) {
  if (before == nullptr) after.set_etat(v1::ETAT_APPEL_PREPARATION);
  if (before != nullptr && before->etat() != v1::ETAT_APPEL_PREPARATION)
    return status::Error(absl::StatusCode::kFailedPrecondition, "APPEL_PUBLIE",
                         "Cet appel est publié : il ne se modifie ni ne s'efface plus.")
        .With("name", before->name());
  return VerifierAppel(after);
}

store::Mutation PublierAppel(const v1::PublierAppelRequest& request) {
  return Mouvoir(request, [](const store::Changes& changes, v1::AppelAProjets* appel) {
    return Publier(JourAParis(changes.now()), appel);
  });
}

store::Mutation CloreAppel(const v1::CloreAppelRequest& request) {
  return Mouvoir(request,
                 [](const store::Changes&, v1::AppelAProjets* appel) { return Clore(appel); });
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
