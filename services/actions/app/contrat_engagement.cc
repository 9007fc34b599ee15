#include "services/actions/app/contrat_engagement.h"

#include "common/status/error.h"
#include "services/actions/app/dossier.h"
#include "services/actions/app/porteur.h"
#include "services/actions/domain/dates.h"
#include "services/actions/domain/engagement.h"

namespace pdv::actions {
namespace {

template <class Request, class Change>
store::Mutation Changer(const Request& request, Change change) {
  std::vector<store::Read> reads = MembresDe(request.name());
  reads.push_back(store::Read::Of<v1::Porteur>(request.name()));
  return store::Decide<v1::Porteur>(
      std::move(reads), [request, change](store::Changes& changes) -> absl::StatusOr<v1::Porteur> {
        absl::StatusOr<v1::Porteur> porteur = changes.Get<v1::Porteur>(request.name());
        if (!porteur.ok()) return porteur;
        if (porteur->has_delete_time()) return status::NotFound(request.name());
        absl::Status status = store::CheckEtag(*porteur, request.etag());
        absl::StatusOr<std::string> acteur = Acteur(changes);
        if (status.ok()) status = acteur.status();
        if (status.ok()) status = change(changes, *acteur, *porteur);
        if (!status.ok()) return status;
        return changes.Update(*std::move(porteur));
      });
}

}  // namespace

// It binds the organisation: who may sign for it subscribes it.
store::Mutation SouscrireContratEngagement(const v1::SouscrireContratEngagementRequest& request) {
  return Changer(
      request,
      [date = DateDe(request.date())](const store::Changes& changes, const std::string& acteur,
                                      v1::Porteur& porteur) -> absl::Status {
        absl::Status own = VerifierSien(changes.call().identity, porteur.name());
        if (own.ok()) own = VerifierMandataire(changes, porteur.name(), v1::ROLE_MEMBRE_SIGNATAIRE);
        if (!own.ok()) return own;
        return Souscrire(date, acteur, changes.now(), &porteur);
      });
}

store::Mutation RetirerContratEngagement(const v1::RetirerContratEngagementRequest& request) {
  return Changer(request, [request](const store::Changes& changes, const std::string& acteur,
                                    v1::Porteur& porteur) {
    const Retrait retrait{DateDe(request.date()), DateDe(request.observations_le()),
                          request.motif(), acteur};
    return Retirer(retrait, changes.now(), &porteur);
  });
}

}  // namespace pdv::actions
