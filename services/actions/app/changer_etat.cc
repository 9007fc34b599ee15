#include "services/actions/app/changer_etat.h"

#include "common/status/error.h"

namespace pdv::actions {

store::Mutation ChangerEtat(const std::string& name, const std::string& etag,
                            const std::string& motif, Verbe verbe) {
  return store::Decide<v1::Action>(
      {store::Read::Of<v1::Action>(name)},
      [=](store::Changes& changes) -> absl::StatusOr<v1::Action> {
        absl::StatusOr<v1::Action> action = changes.Get<v1::Action>(name);
        if (!action.ok()) return action;
        if (action->has_delete_time()) return status::NotFound(name);
        absl::Status fresh = store::CheckEtag(*action, etag);
        if (!fresh.ok()) return fresh;
        absl::StatusOr<EtatAction> etat = Transition(action->etat(), verbe);
        if (!etat.ok()) return etat.status();
        action->set_etat(*etat);
        action->set_motif(motif);
        return changes.Update(*std::move(action));
      });
}

}  // namespace pdv::actions
