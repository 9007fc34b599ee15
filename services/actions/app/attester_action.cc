#include "services/actions/app/attester_action.h"

#include "services/actions/app/dossier.h"
#include "services/actions/domain/attestation.h"
#include "services/actions/domain/depot.h"
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

absl::StatusOr<v1::Action> Attestee(const v1::AttesterActionRequest& request,
                                    store::Changes& changes) {
  absl::StatusOr<v1::Action> action = PourAgir(changes, request.name(), request.etag());
  if (!action.ok()) return action;
  absl::Status moved = Avancer(changes, request.motif(), Verbe::kAttester, &*action);
  if (!moved.ok()) return moved;
  absl::StatusOr<std::string> acteur = Acteur(changes);
  if (!acteur.ok()) return acteur.status();
  absl::StatusOr<v1::Porteur> porteur = changes.Get<v1::Porteur>(action->porteur());
  if (!porteur.ok()) return porteur.status();
  absl::Status fit = VerifierDepot(*action, Faits(*action, *porteur, changes));
  if (!fit.ok()) return fit;
  Attester(*acteur, action->porteur(), changes.now(), &*action);
  return changes.Update(*std::move(action));
}

}  // namespace

store::Mutation AttesterAction(const v1::AttesterActionRequest& request) {
  return store::DecideFollowing<v1::Action>(
      {store::Read::Of<v1::Action>(request.name())},
      [name = request.name()](const store::Changes& changes) { return FaitsALire(name, changes); },
      [request](store::Changes& changes) { return Attestee(request, changes); });
}

}  // namespace pdv::actions
