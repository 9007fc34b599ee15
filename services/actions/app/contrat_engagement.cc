#include "services/actions/app/contrat_engagement.h"

#include "common/status/error.h"

namespace pdv::actions {
namespace {

template <class Request, class Change>
store::Mutation Changer(const Request& request, Change change) {
  return store::Decide<v1::Porteur>(
      {store::Read::Of<v1::Porteur>(request.name())},
      [request, change](store::Changes& changes) -> absl::StatusOr<v1::Porteur> {
        absl::StatusOr<v1::Porteur> porteur = changes.Get<v1::Porteur>(request.name());
        if (!porteur.ok()) return porteur;
        absl::Status status = store::CheckEtag(*porteur, request.etag());
        if (status.ok()) status = change(*porteur);
        if (!status.ok()) return status;
        return changes.Update(*std::move(porteur));
      });
}

}  // namespace

store::Mutation SouscrireContratEngagement(const v1::SouscrireContratEngagementRequest& request) {
  return Changer(request, [date = request.date()](v1::Porteur& porteur) {
    *porteur.mutable_cer_souscrit_le() = date;
    porteur.clear_cer_retire_le();
    return absl::OkStatus();
  });
}

store::Mutation RetirerContratEngagement(const v1::RetirerContratEngagementRequest& request) {
  return Changer(request, [date = request.date()](v1::Porteur& porteur) -> absl::Status {
    if (!porteur.has_cer_souscrit_le())
      return status::Error(absl::StatusCode::kFailedPrecondition, "CONTRAT_ENGAGEMENT_ABSENT",
                           "Ce porteur n'a pas souscrit le contrat d'engagement républicain.");
    *porteur.mutable_cer_retire_le() = date;
    return absl::OkStatus();
  });
}

}  // namespace pdv::actions
