#include "services/actions/app/changer_etat.h"

#include "common/status/error.h"
#include "pdv/financement/v1/financeur.pb.h"
#include "services/actions/app/dossier.h"
#include "services/actions/domain/attestation.h"
#include "services/actions/domain/issue.h"
#include "services/actions/domain/regles/evaluation.h"
#include "services/actions/store/faits.h"
#include "services/actions/store/miroirs.h"

namespace pdv::actions {
namespace {

// Moves the dossier of the request by a verb that rules guard, then does `work(changes, faits,
// action)`. `before(changes, action)` comes first.
template <class Request, class Before, class Work>
store::Mutation Garde(const Request& request, Verbe verbe, Before before, Work work) {
  return store::DecideFollowing<v1::Action>(
      {store::Read::Of<v1::Action>(request.name()), Conflits(request.name())},
      [name = request.name(), verbe](const store::Changes& changes) -> std::vector<store::Read> {
        const auto* action = changes.Find<v1::Action>(name);
        if (action == nullptr) return {};
        std::vector<store::Read> reads = FaitsALire(*action);
        // Locked for a deposit: none slips in behind the closing of its appel.
        if (verbe == Verbe::kAttester && !action->appel().empty())
          reads.push_back(store::Read::Of<v1::AppelAProjets>(action->appel()));
        for (store::Read& read : MandatsDuDossier(changes, name)) reads.push_back(std::move(read));
        return reads;
      },
      [request, verbe, before, work](store::Changes& changes) -> absl::StatusOr<v1::Action> {
        absl::StatusOr<v1::Action> action = PourAgir(changes, request.name(), request.etag());
        if (!action.ok()) return action;
        absl::Status status = before(changes, &*action);
        if (status.ok()) status = Avancer(changes, request.motif(), verbe, &*action);
        if (!status.ok()) return status;
        const regles::Faits faits = FaitsLus(*action, changes);
        status = regles::Garder(verbe, faits);
        if (status.ok()) status = work(changes, faits, &*action);
        if (!status.ok()) return status;
        return changes.Update(*std::move(action));
      });
}

// A draft is submitted on the way to its attestation: a step of its own in the history. The
// method's roles are those of the attestation.
absl::Status SoumettreBrouillon(const v1::AttesterActionRequest& request, store::Changes& changes,
                                v1::Action* action) {
  if (!request.soumettre() || action->etat() != v1::ETAT_ACTION_BROUILLON) return absl::OkStatus();
  const std::string role(ActeDe(Verbe::kSoumettre).roles[0]);
  if (!changes.call().identity.HasRole(role))
    return status::Error(
               absl::StatusCode::kPermissionDenied, "ROLE_INSUFFISANT",
               "Ce dossier est encore un brouillon : le soumettre demande le rôle " + role + ".")
        .With("roles", role);
  const absl::Status status = Avancer(changes, request.motif(), Verbe::kSoumettre, action);
  if (!status.ok()) return status;
  absl::StatusOr<v1::Action> submitted = changes.Update(*action);
  if (!submitted.ok()) return submitted.status();
  *action = *std::move(submitted);
  return absl::OkStatus();
}

std::vector<const financement::v1::Ligne*> Lignes(const store::Changes& changes,
                                                  const std::string& name) {
  std::vector<const financement::v1::Ligne*> lignes;
  for (const auto* row : changes.RowsWhere(MiroirLigne(), "action", name))
    lignes.push_back(static_cast<const financement::v1::Ligne*>(row));
  return lignes;
}

// What is read once the dossier and its lines are known: those who act for its porteur, and the
// funders of its lines, to name them.
std::vector<store::Read> Suite(const store::Changes& changes, const std::string& name,
                               Verbe verbe) {
  std::vector<store::Read> reads;
  if (!Juge(verbe)) reads = MandatsDuDossier(changes, name);
  for (const auto* ligne : Lignes(changes, name))
    reads.push_back({&MiroirFinanceur(), "name", ligne->financeur(), false});
  return reads;
}

// The lines as this service knows them: a vote that it has not heard of yet is told by
// VerifierCoherence.
absl::Status VerifierSelonLignes(const store::Changes& changes, const std::string& name,
                                 Verbe verbe) {
  std::vector<LigneSuivie> lignes;
  for (const auto* ligne : Lignes(changes, name)) {
    const auto* financeur =
        Miroir<financement::v1::Financeur>(changes, MiroirFinanceur(), ligne->financeur());
    lignes.push_back({ligne->name(),
                      financeur == nullptr ? ligne->financeur() : financeur->libelle(),
                      ligne->etat()});
  }
  return VerifierDecision(verbe, lignes);
}

}  // namespace

store::Mutation ChangerEtat(const std::string& name, const std::string& etag,
                            const std::string& motif, Verbe verbe) {
  std::vector<store::Read> reads = {store::Read::Of<v1::Action>(name), Conflits(name)};
  if (Tranche(verbe)) reads.push_back({&MiroirLigne(), "action", name, false});
  return store::DecideFollowing<v1::Action>(
      std::move(reads),
      [name, verbe](const store::Changes& changes) { return Suite(changes, name, verbe); },
      [=](store::Changes& changes) -> absl::StatusOr<v1::Action> {
        absl::StatusOr<v1::Action> action = PourAgir(changes, name, etag);
        if (!action.ok()) return action;
        absl::Status moved = Avancer(changes, motif, verbe, &*action);
        if (moved.ok()) moved = VerifierSelonLignes(changes, name, verbe);
        if (!moved.ok()) return moved;
        return changes.Update(*std::move(action));
      });
}

store::Mutation AttesterAction(const v1::AttesterActionRequest& request) {
  return Garde(
      request, Verbe::kAttester,
      [request](store::Changes& changes, v1::Action* action) {
        return SoumettreBrouillon(request, changes, action);
      },
      [](const store::Changes& changes, const regles::Faits& faits,
         v1::Action* action) -> absl::Status {
        absl::StatusOr<std::string> acteur = Acteur(changes);
        if (!acteur.ok()) return acteur.status();
        Attester(*acteur, action->porteur(), faits.budget == nullptr ? "" : faits.budget->etag(),
                 changes.now(), action);
        return absl::OkStatus();
      });
}

store::Mutation DeclarerComplete(const v1::DeclarerCompleteRequest& request) {
  return Garde(
      request, Verbe::kDeclarerComplete,
      [](const store::Changes&, v1::Action*) { return absl::OkStatus(); },
      [](const store::Changes&, const regles::Faits&, v1::Action*) { return absl::OkStatus(); });
}

}  // namespace pdv::actions
