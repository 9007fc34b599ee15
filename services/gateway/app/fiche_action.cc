#include "services/gateway/app/fiche_action.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "pdv/actions/v1/actions.pb.h"
#include "pdv/contrats/v1/contrats.pb.h"
#include "pdv/evaluation/v1/evaluation.pb.h"
#include "pdv/financement/v1/financement.pb.h"

namespace pdv::gateway {

absl::StatusOr<v1::FicheAction> FicheAction(const Pairs& pairs, const rpc::Call& call,
                                            const v1::GetFicheActionRequest& request) {
  v1::FicheAction fiche;
  Ensemble first(pairs, call);
  actions::v1::GetActionRequest get_action;
  get_action.set_name(request.name());
  auto [action_call, action] =
      first.Demander<actions::v1::Action>("actions", "GetAction", get_action);
  financement::v1::ListLignesRequest list_lines;
  list_lines.set_filter(absl::StrCat("action = \"", request.name(), "\""));
  list_lines.set_page_size(1000);
  auto [lines_call, lines] = first.Demander<financement::v1::ListLignesResponse>(
      "financement", "ListLignes", list_lines);
  evaluation::v1::ListMesuresRequest list_measures;
  list_measures.set_filter(absl::StrCat("objet = \"", request.name(), "\""));
  list_measures.set_page_size(1000);
  auto [measures_call, measures] = first.Demander<evaluation::v1::ListMesuresResponse>(
      "evaluation", "ListMesures", list_measures);
  financement::v1::GetBudgetRequest get_budget;
  get_budget.set_name(absl::StrCat("budgets/", request.name().substr(sizeof("actions/") - 1)));
  auto [budget_call, budget] =
      first.Demander<financement::v1::Budget>("financement", "GetBudget", get_budget);
  actions::v1::ListAvisRequest list_opinions;
  list_opinions.set_parent(request.name());
  list_opinions.set_order_by("create_time");
  list_opinions.set_page_size(1000);
  auto [opinions_call, opinions] =
      first.Demander<actions::v1::ListAvisResponse>("actions", "ListAvis", list_opinions);
  absl::Status status = first.Attendre();
  if (!status.ok()) return status;
  if (!first.Repondu(action_call)) return first.Statut(action_call);
  fiche.mutable_action()->PackFrom(*action);
  for (const auto& line : lines->lignes()) fiche.add_lignes()->PackFrom(line);
  if (first.Repondu(budget_call)) fiche.mutable_budget()->PackFrom(*budget);
  for (const auto& opinion : opinions->avis()) fiche.add_avis()->PackFrom(opinion);
  for (const auto& measure : measures->mesures()) fiche.add_mesures()->PackFrom(measure);

  Ensemble second(pairs, call);
  actions::v1::GetPorteurRequest get_porteur;
  get_porteur.set_name(action->porteur());
  auto [porteur_call, porteur] =
      second.Demander<actions::v1::Porteur>("actions", "GetPorteur", get_porteur);
  size_t contrat_call = 0, theme_call = 0, qpv_call = 0;
  auto contrat = std::make_shared<contrats::v1::Contrat>();
  auto theme = std::make_shared<contrats::v1::Thematique>();
  auto qpvs = std::make_shared<contrats::v1::BatchGetQpvsResponse>();
  if (!action->contrat().empty()) {
    contrats::v1::GetContratRequest get;
    get.set_name(action->contrat());
    contrat_call = second.Demander("contrats", "GetContrat", get, contrat);
  }
  if (!action->thematique().empty()) {
    contrats::v1::GetThematiqueRequest get;
    get.set_name(action->thematique());
    theme_call = second.Demander("contrats", "GetThematique", get, theme);
  }
  if (!action->quartiers().empty()) {
    contrats::v1::BatchGetQpvsRequest get;
    for (const auto& part : action->quartiers()) get.add_names(part.qpv());
    qpv_call = second.Demander("contrats", "BatchGetQpvs", get, qpvs);
  }
  status = second.Attendre();
  if (!status.ok()) return status;
  if (second.Repondu(porteur_call)) fiche.mutable_porteur()->PackFrom(*porteur);
  if (contrat_call != 0 && second.Repondu(contrat_call))
    fiche.mutable_contrat()->PackFrom(*contrat);
  if (theme_call != 0 && second.Repondu(theme_call))
    fiche.mutable_thematique()->PackFrom(*theme);
  if (qpv_call != 0 && second.Repondu(qpv_call)) {
    for (const auto& qpv : qpvs->qpvs()) fiche.add_quartiers()->PackFrom(qpv);
  }
  std::set<std::string> unreachable;
  for (const Ensemble* wave : {&first, &second}) {
    for (std::string& name : wave->Injoignables()) unreachable.insert(std::move(name));
  }
  for (const std::string& name : unreachable) fiche.add_injoignables(name);
  return fiche;
}

}  // namespace pdv::gateway
