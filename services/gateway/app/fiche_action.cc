#include "services/gateway/app/fiche_action.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "pdv/actions/v1/actions.pb.h"
#include "pdv/contrats/v1/contrats.pb.h"
#include "pdv/evaluation/v1/evaluation.pb.h"
#include "pdv/financement/v1/financement.pb.h"

namespace pdv::gateway {
namespace {

// Asks for all of one kind that lies under the dossier, oldest first.
template <class Request, class Response>
std::shared_ptr<Response> Lister(Ensemble& calls, const char* methode, const std::string& action) {
  Request request;
  request.set_parent(action);
  request.set_order_by("create_time");
  request.set_page_size(1000);
  return calls.Demander<Response>("actions", methode, request).second;
}

template <class Resources>
void Emballer(const Resources& resources,
              google::protobuf::RepeatedPtrField<google::protobuf::Any>* parts) {
  for (const auto& one : resources) parts->Add()->PackFrom(one);
}

}  // namespace

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
  const auto opinions = Lister<actions::v1::ListAvisRequest, actions::v1::ListAvisResponse>(
      first, "ListAvis", request.name());
  const auto marks = Lister<actions::v1::ListCotationsRequest, actions::v1::ListCotationsResponse>(
      first, "ListCotations", request.name());
  const auto asked =
      Lister<actions::v1::ListComplementsRequest, actions::v1::ListComplementsResponse>(
          first, "ListComplements", request.name());
  const auto interests =
      Lister<actions::v1::ListConflitsInteretsRequest, actions::v1::ListConflitsInteretsResponse>(
          first, "ListConflitsInterets", request.name());
  absl::Status status = first.Attendre();
  if (!status.ok()) return status;
  if (!first.Repondu(action_call)) return first.Statut(action_call);
  fiche.mutable_action()->PackFrom(*action);
  Emballer(lines->lignes(), fiche.mutable_lignes());
  if (first.Repondu(budget_call)) fiche.mutable_budget()->PackFrom(*budget);
  Emballer(opinions->avis(), fiche.mutable_avis());
  Emballer(marks->cotations(), fiche.mutable_cotations());
  Emballer(asked->complements(), fiche.mutable_complements());
  Emballer(interests->conflits(), fiche.mutable_conflits());
  Emballer(measures->mesures(), fiche.mutable_mesures());

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
  if (qpv_call != 0 && second.Repondu(qpv_call)) Emballer(qpvs->qpvs(), fiche.mutable_quartiers());
  std::set<std::string> unreachable;
  for (const Ensemble* wave : {&first, &second}) {
    for (std::string& name : wave->Injoignables()) unreachable.insert(std::move(name));
  }
  for (const std::string& name : unreachable) fiche.add_injoignables(name);
  return fiche;
}

}  // namespace pdv::gateway
