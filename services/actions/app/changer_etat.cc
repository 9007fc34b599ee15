#include "services/actions/app/changer_etat.h"

#include "services/actions/app/dossier.h"

namespace pdv::actions {

store::Mutation ChangerEtat(const std::string& name, const std::string& etag,
                            const std::string& motif, Verbe verbe) {
  return store::Decide<v1::Action>(
      {store::Read::Of<v1::Action>(name)},
      [=](store::Changes& changes) -> absl::StatusOr<v1::Action> {
        absl::StatusOr<v1::Action> action = PourAgir(changes, name, etag);
        if (!action.ok()) return action;
        absl::Status moved = Avancer(changes, motif, verbe, &*action);
        if (!moved.ok()) return moved;
        return changes.Update(*std::move(action));
      });
}

}  // namespace pdv::actions
