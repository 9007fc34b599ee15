#include "services/gateway/domain/refus_depot.h"

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/status/error.h"

namespace pdv::gateway {
namespace {

const char* Refuse(const actions::v1::Action& action) {
  return action.has_depot_time() ? "Ce dossier est déjà déposé, avec un autre contenu"
                                 : "Ce dossier n'est plus un brouillon";
}

// How a dossier that no deposit changes any more is changed, by whoever may (the legal steps are
// those of services/actions/domain/etats.cc).
const char* Suite(actions::v1::EtatAction etat) {
  switch (etat) {
    case actions::v1::ETAT_ACTION_A_COMPLETER:
      return "Des compléments sont demandés : modifiez le dossier déposé, répondez à chacun, et le "
             "signataire atteste de nouveau.";
    case actions::v1::ETAT_ACTION_EN_ATTENTE_ATTESTATION:
      return "Il attend une nouvelle attestation : modifiez le dossier déposé, puis le signataire "
             "l'atteste.";
    case actions::v1::ETAT_ACTION_DEPOSEE:
    case actions::v1::ETAT_ACTION_COMPLETE:
    case actions::v1::ETAT_ACTION_EN_INSTRUCTION:
    case actions::v1::ETAT_ACTION_AJOURNEE:
      return "Un dossier déposé se modifie sans nouveau dépôt ; le signataire l'atteste alors de "
             "nouveau.";
    case actions::v1::ETAT_ACTION_ABANDONNEE:
      return "Il est abandonné, et ne se modifie plus.";
    default:
      return "Il est décidé, et ne se modifie plus.";
  }
}

}  // namespace

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
  constexpr std::string_view kPrefix = "ETAT_ACTION_";
  return status::Error(absl::StatusCode::kFailedPrecondition, "DOSSIER_DEPOSE",
                       absl::StrCat(Refuse(action), " : rien n'est changé. ", Suite(action.etat())))
      .With("action", action.name())
      .With("etat", actions::v1::EtatAction_Name(action.etat()).substr(kPrefix.size()))
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
