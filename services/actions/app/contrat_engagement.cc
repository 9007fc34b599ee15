#include "services/actions/app/contrat_engagement.h"

#include "common/status/error.h"
#include "services/actions/domain/dates.h"
#include "services/actions/domain/engagement.h"

namespace pdv::actions {
namespace {

template <class Request, class Change>
store::Mutation Changer(const Request& request, Change change) {
  return store::Decide<v1::Porteur>(
      {store::Read::Of<v1::Porteur>(request.name())},
      [request, change](store::Changes& changes) -> absl::StatusOr<v1::Porteur> {
        absl::StatusOr<v1::Porteur> porteur = changes.Get<v1::Porteur>(request.name());
        if (!porteur.ok()) return porteur;
        if (porteur->has_delete_time()) return status::NotFound(request.name());
        absl::Status status = store::CheckEtag(*porteur, request.etag());
        if (status.ok()) status = change(changes, *porteur);
        if (!status.ok()) return status;
        return changes.Update(*std::move(porteur));
      });
}

}  // namespace

store::Mutation SouscrireContratEngagement(const v1::SouscrireContratEngagementRequest& request) {
  return Changer(request, [date = DateDe(request.date())](const store::Changes& changes,
                                                          v1::Porteur& porteur) {
    return Souscrire(date, JourAParis(changes.now()), &porteur);
  });
}

store::Mutation RetirerContratEngagement(const v1::RetirerContratEngagementRequest& request) {
  return Changer(request,
                 [date = DateDe(request.date())](const store::Changes&, v1::Porteur& porteur) {
                   return Retirer(date, &porteur);
                 });
}

}  // namespace pdv::actions
