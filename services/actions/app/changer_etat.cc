#include "services/actions/app/changer_etat.h"

#include "services/actions/app/dossier.h"
#include "services/actions/domain/attestation.h"
#include "services/actions/domain/regles/evaluation.h"
#include "services/actions/store/faits.h"

namespace pdv::actions {
namespace {

// Moves the dossier of the request by a verb that rules guard, then does `work(changes, faits,
// action)`.
template <class Request, class Work>
store::Mutation Garde(const Request& request, Verbe verbe, Work work) {
  return store::DecideFollowing<v1::Action>(
      {store::Read::Of<v1::Action>(request.name()), Conflits(request.name())},
      [name = request.name()](const store::Changes& changes) -> std::vector<store::Read> {
        const auto* action = changes.Find<v1::Action>(name);
        if (action == nullptr) return {};
        std::vector<store::Read> reads = FaitsALire(*action);
        for (store::Read& read : MandatsDuDossier(changes, name)) reads.push_back(std::move(read));
        return reads;
      },
      [request, verbe, work](store::Changes& changes) -> absl::StatusOr<v1::Action> {
        absl::StatusOr<v1::Action> action = PourAgir(changes, request.name(), request.etag());
        if (!action.ok()) return action;
        absl::Status status = Avancer(changes, request.motif(), verbe, &*action);
        const regles::Faits faits = FaitsLus(*action, changes);
        if (status.ok()) status = regles::Garder(verbe, faits);
        if (status.ok()) status = work(changes, faits, &*action);
        if (!status.ok()) return status;
        return changes.Update(*std::move(action));
      });
}

}  // namespace

store::Mutation ChangerEtat(const std::string& name, const std::string& etag,
                            const std::string& motif, Verbe verbe) {
  store::Mutation mutation = store::Decide<v1::Action>(
      {store::Read::Of<v1::Action>(name), Conflits(name)},
      [=](store::Changes& changes) -> absl::StatusOr<v1::Action> {
        absl::StatusOr<v1::Action> action = PourAgir(changes, name, etag);
        if (!action.ok()) return action;
        absl::Status moved = Avancer(changes, motif, verbe, &*action);
        if (!moved.ok()) return moved;
        return changes.Update(*std::move(action));
      });
  if (!Juge(verbe))
    mutation.follow = [name](const store::Changes& changes) {
      return MandatsDuDossier(changes, name);
    };
  return mutation;
}

store::Mutation AttesterAction(const v1::AttesterActionRequest& request) {
  return Garde(request, Verbe::kAttester,
               [](const store::Changes& changes, const regles::Faits& faits,
                  v1::Action* action) -> absl::Status {
                 absl::StatusOr<std::string> acteur = Acteur(changes);
                 if (!acteur.ok()) return acteur.status();
                 Attester(*acteur, action->porteur(),
                          faits.budget == nullptr ? "" : faits.budget->etag(), changes.now(),
                          action);
                 return absl::OkStatus();
               });
}

store::Mutation DeclarerComplete(const v1::DeclarerCompleteRequest& request) {
  return Garde(
      request, Verbe::kDeclarerComplete,
      [](const store::Changes&, const regles::Faits&, v1::Action*) { return absl::OkStatus(); });
}

}  // namespace pdv::actions
