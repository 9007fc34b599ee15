#include "services/actions/app/complements.h"

#include "services/actions/app/dossier.h"
#include "services/actions/domain/complements.h"

namespace pdv::actions {
namespace {

// The dossier and everything that was asked of it; the lock on the dossier keeps the numbers.
std::vector<store::Read> DossierEtComplements(const std::string& name) {
  return {store::Read::Of<v1::Action>(name), store::Read::Where<v1::Complement>("action", name),
          Conflits(name)};
}

// Moves the dossier of the request, then does `work(action, acteur)`, then writes the dossier.
template <class Request, class Work>
absl::StatusOr<v1::Action> Faire(const Request& request, Verbe verbe, store::Changes& changes,
                                 Work work) {
  absl::StatusOr<v1::Action> action = PourAgir(changes, request.name(), request.etag());
  if (!action.ok()) return action;
  absl::Status status = Avancer(changes, request.motif(), verbe, &*action);
  if (!status.ok()) return status;
  absl::StatusOr<std::string> acteur = Acteur(changes);
  if (!acteur.ok()) return acteur.status();
  status = work(*acteur);
  if (!status.ok()) return status;
  return changes.Update(*std::move(action));
}

}  // namespace

store::Mutation DemanderComplements(const v1::DemanderComplementsRequest& request) {
  return store::Decide<v1::Action>(
      DossierEtComplements(request.name()), [request](store::Changes& changes) {
        return Faire(request, Verbe::kDemanderComplements, changes,
                     [&](const std::string& acteur) -> absl::Status {
                       const size_t already =
                           changes.Where<v1::Complement>("action", request.name()).size();
                       auto asked = NouveauxComplements(request, already, acteur);
                       if (!asked.ok()) return asked.status();
                       for (v1::Complement& one : *asked) {
                         const auto written = changes.Insert(std::move(one));
                         if (!written.ok()) return written.status();
                       }
                       return absl::OkStatus();
                     });
      });
}

store::Mutation RepondreComplements(const v1::RepondreComplementsRequest& request) {
  return store::DecideFollowing<v1::Action>(
      DossierEtComplements(request.name()),
      [name = request.name()](const store::Changes& changes) {
        return MandatsDuDossier(changes, name);
      },
      [request](store::Changes& changes) {
        return Faire(
            request, Verbe::kRepondre, changes, [&](const std::string& acteur) -> absl::Status {
              std::vector<v1::Complement> present;
              for (const auto* one : changes.Where<v1::Complement>("action", request.name()))
                present.push_back(*one);
              auto answered = ComplementsRepondus(request, present, acteur);
              if (!answered.ok()) return answered.status();
              for (v1::Complement& one : *answered) {
                const auto written = changes.Update(std::move(one));
                if (!written.ok()) return written.status();
              }
              return absl::OkStatus();
            });
      });
}

}  // namespace pdv::actions
