#include "services/gateway/domain/refus_depot.h"

#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/status/error.h"

namespace pdv::gateway {

absl::Status RefusDesRegles(const actions::v1::EvaluerDossierResponse& evaluation,
                            const std::string& action) {
  std::vector<const actions::v1::ConstatRegle*> refusals;
  for (const auto& constat : evaluation.constats())
    if (constat.severite() == actions::v1::SEVERITE_REGLE_REFUS &&
        constat.transition() == "AttesterAction")
      refusals.push_back(&constat);
  if (refusals.empty()) return absl::OkStatus();
  const auto& first = *refusals.front();
  std::set<std::string> rules;
  for (const auto* one : refusals) rules.insert(one->regle());
  std::string message = first.message();
  if (rules.size() > 1)
    absl::StrAppend(&message, " (", rules.size(), " règles refusent ce dossier.)");
  status::Error error(absl::StatusCode::kFailedPrecondition, first.raison(), message);
  error.Law(first.regle(), first.citation())
      .With("champ", first.champ())
      .With("refus", static_cast<int64_t>(rules.size()))
      .With("action", action);
  for (const auto* one : refusals)
    error.Precondition(one->raison(), action,
                       absl::StrCat(one->message(), " (règle ", one->regle(), ", champ ",
                                    one->champ(), " ; ", one->citation(), ")"));
  return error.Build();
}

absl::Status RefusDejaDepose(const actions::v1::Action& action) {
  return status::Error(
             absl::StatusCode::kFailedPrecondition, "DOSSIER_DEPOSE",
             action.has_depot_time()
                 ? "Ce dossier est déjà déposé, avec un autre contenu : rien n'est changé. "
                   "Une fois déposé, il se modifie à la demande de l'instructeur."
                 : "Ce dossier n'est plus un brouillon : rien n'est changé.")
      .With("action", action.name())
      .Build();
}

absl::Status RefusModifie(const actions::v1::Action& action) {
  return status::Error(
             absl::StatusCode::kAborted, "DOSSIER_MODIFIE",
             "Ce brouillon a été modifié depuis le début de ce dépôt : rien n'est changé. "
             "Pour le remplacer, déposez-le avec un autre request_id.")
      .With("action", action.name())
      .Build();
}

}  // namespace pdv::gateway
