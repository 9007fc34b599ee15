#include "services/actions/app/deposer_action.h"

#include "common/status/error.h"
#include "services/actions/domain/depot.h"
#include "services/actions/domain/etats.h"
#include "services/actions/store/miroirs.h"

namespace pdv::actions {
namespace {

// What the action names: its porteur, its contrat, and what maps its thématique.
std::vector<store::Read> FaitsALire(const std::string& name, const store::Changes& changes) {
  const auto* action = changes.Find<v1::Action>(name);
  if (action == nullptr) return {};
  return {store::Read::Of<v1::Porteur>(action->porteur()),
          {&MiroirContrat(), "name", action->contrat(), false},
          {&MiroirCorrespondance(), "source", action->thematique(), false},
          {&MiroirCorrespondance(), "cible", action->thematique(), false}};
}

FaitsDepot Faits(const v1::Action& action, const v1::Porteur& porteur,
                 const store::Changes& changes) {
  FaitsDepot faits{&porteur,
                   Miroir<contrats::v1::Contrat>(changes, MiroirContrat(), action.contrat()),
                   {},
                   absl::ToCivilDay(changes.now(), absl::UTCTimeZone())};
  for (const char* column : {"source", "cible"}) {
    for (const auto* row : changes.RowsWhere(MiroirCorrespondance(), column, action.thematique()))
      faits.correspondances.push_back(static_cast<const contrats::v1::Correspondance*>(row));
  }
  return faits;
}

}  // namespace

store::Mutation DeposerAction(const v1::DeposerActionRequest& request) {
  return store::DecideFollowing<v1::Action>(
      {store::Read::Of<v1::Action>(request.name())},
      [name = request.name()](const store::Changes& changes) { return FaitsALire(name, changes); },
      [request](store::Changes& changes) -> absl::StatusOr<v1::Action> {
        absl::StatusOr<v1::Action> action = changes.Get<v1::Action>(request.name());
        if (!action.ok()) return action;
        if (action->has_delete_time()) return status::NotFound(request.name());
        absl::Status status = store::CheckEtag(*action, request.etag());
        if (!status.ok()) return status;
        absl::StatusOr<EtatAction> etat = Transition(action->etat(), Verbe::kDeposer);
        if (!etat.ok()) return etat.status();
        absl::StatusOr<v1::Porteur> porteur = changes.Get<v1::Porteur>(action->porteur());
        if (!porteur.ok()) return porteur.status();
        status = VerifierDepot(*action, Faits(*action, *porteur, changes));
        if (!status.ok()) return status;
        action->set_etat(*etat);
        action->set_motif(request.motif());
        return changes.Update(*std::move(action));
      });
}

}  // namespace pdv::actions
