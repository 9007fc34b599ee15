#include "services/gateway/app/deposer_dossier.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "common/status/error.h"
#include "pdv/actions/v1/actions.pb.h"
#include "pdv/financement/v1/financement.pb.h"
#include "services/gateway/app/enchainement.h"
#include "services/gateway/domain/dossier.h"

namespace pdv::gateway {
namespace {

// The caller wrote `lignes[2].financeur`, and the service was asked `requests[2].ligne.financeur`.
absl::Status DansLesTermesDeLAppelant(const absl::Status& refused) {
  std::vector<status::Violation> violations = status::ViolationsOf(refused);
  if (violations.empty()) return refused;
  for (status::Violation& violation : violations) {
    absl::string_view field = violation.field;
    if (!absl::ConsumePrefix(&field, "requests")) continue;
    const size_t inner = field.find("].ligne");
    if (inner == absl::string_view::npos) continue;
    violation.field = absl::StrCat("lignes", field.substr(0, inner + 1),
                                   field.substr(inner + sizeof("].ligne") - 1));
  }
  return status::InvalidRequest(std::move(violations));
}

template <class Request>
Request Etape(const std::string& name, const std::string& id) {
  Request request;
  request.set_name(name);
  request.set_request_id(id);
  return request;
}

}  // namespace

absl::StatusOr<v1::DossierDepose> DeposerDossier(const Pairs& pairs, rpc::Call& call,
                                                 const v1::DeposerDossierRequest& request) {
  absl::StatusOr<Dossier> dossier = LireDossier(request);
  if (!dossier.ok()) return dossier.status();
  if (request.attester() && !call.identity.HasRole("signataire"))
    return status::Error(absl::StatusCode::kPermissionDenied, "ROLE_INSUFFISANT",
                         "Attester un dossier demande le rôle signataire.")
        .With("roles", "signataire")
        .Build();
  Enchainement steps(pairs, call);
  v1::DossierDepose deposited;
  auto action = steps.Appeler<actions::v1::Action>("actions", "CreateAction", dossier->action);
  if (!action.ok()) return action.status();
  deposited.mutable_action()->PackFrom(*action);
  if (request.validate_only()) return deposited;

  Nommer(action->name(), &*dossier);
  auto lines = steps.Appeler<financement::v1::BatchCreateLignesResponse>(
      "financement", "BatchCreateLignes", dossier->lignes);
  if (!lines.ok()) return DansLesTermesDeLAppelant(lines.status());
  for (const auto& line : lines->lignes()) deposited.add_lignes()->PackFrom(line);
  auto budget =
      steps.Appeler<financement::v1::Budget>("financement", "CreateBudget", dossier->budget);
  if (!budget.ok()) return budget.status();
  deposited.mutable_budget()->PackFrom(*budget);

  auto submitted = steps.Appeler<actions::v1::Action>(
      "actions", "SoumettreAction",
      Etape<actions::v1::SoumettreActionRequest>(action->name(),
                                                 absl::StrCat(request.request_id(), "/soumettre")));
  if (!submitted.ok()) return submitted.status();
  deposited.mutable_action()->PackFrom(*submitted);
  if (!request.attester()) return deposited;
  auto filed = steps.Appeler<actions::v1::Action>(
      "actions", "AttesterAction",
      Etape<actions::v1::AttesterActionRequest>(action->name(),
                                                absl::StrCat(request.request_id(), "/attester")));
  if (!filed.ok()) return filed.status();
  deposited.mutable_action()->PackFrom(*filed);
  return deposited;
}

}  // namespace pdv::gateway
