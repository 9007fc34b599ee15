#include "services/actions/app/deposer_action.h"

#include "services/actions/domain/etats.h"
#include "services/actions/domain/regles.h"
#include "services/actions/store/miroirs.h"

namespace pdv::actions {
namespace {

std::vector<store::Read> PorteurEtContrat(const std::string& name,
                                          const store::Changes& changes) {
  const auto* action = changes.Find<v1::Action>(name);
  if (action == nullptr) return {};
  return {store::Read::Of<v1::Porteur>(action->porteur()),
          {&MiroirContrat(), "name", action->contrat(), false}};
}

}  // namespace

store::Mutation DeposerAction(const v1::DeposerActionRequest& request) {
  return store::DecideFollowing<v1::Action>(
      {store::Read::Of<v1::Action>(request.name())},
      [name = request.name()](const store::Changes& changes) {
        return PorteurEtContrat(name, changes);
      },
      [request](store::Changes& changes) -> absl::StatusOr<v1::Action> {
        absl::StatusOr<v1::Action> action = changes.Get<v1::Action>(request.name());
        if (!action.ok()) return action;
        absl::Status status = store::CheckEtag(*action, request.etag());
        if (!status.ok()) return status;
        absl::StatusOr<EtatAction> etat = Transition(action->etat(), Verbe::kDeposer);
        if (!etat.ok()) return etat.status();
        absl::StatusOr<v1::Porteur> porteur = changes.Get<v1::Porteur>(action->porteur());
        if (!porteur.ok()) return porteur.status();
        const auto* contrat = static_cast<const contrats::v1::Contrat*>(
            changes.FindRow(MiroirContrat(), action->contrat()));
        status = VerifierDepot(*action, *porteur, contrat,
                               absl::ToCivilDay(changes.now(), absl::UTCTimeZone()));
        if (!status.ok()) return status;
        action->set_etat(*etat);
        return changes.Update(*std::move(action));
      });
}

}  // namespace pdv::actions
