#include "services/gateway/domain/dossier.h"

#include "absl/strings/str_cat.h"
#include "common/status/error.h"
#include "common/types/nom.h"
#include "common/validate/validator.h"

namespace pdv::gateway {
namespace {

using Violations = std::vector<status::Violation>;

// A name that the fields' rules accept, for the fields that only the gateway can set.
constexpr char kActionAVenir[] = "actions/-";

template <class T>
bool Ouvrir(const google::protobuf::Any& any, const std::string& path, T* part,
            Violations* violations) {
  if (any.UnpackTo(part)) return true;
  violations->push_back(
      {path, "FORMAT_INVALIDE",
       absl::StrCat("Cette partie du dossier est un ", T::descriptor()->full_name(), ".")});
  return false;
}

void Verifier(const google::protobuf::Message& part, const std::string& path,
              Violations* violations) {
  for (status::Violation& violation : validate::Check(part)) {
    violation.field = absl::StrCat(path, ".", violation.field);
    violations->push_back(std::move(violation));
  }
}

}  // namespace

absl::StatusOr<Dossier> LireDossier(const v1::DeposerDossierRequest& request) {
  Dossier dossier;
  Violations violations;
  const std::string& id = request.request_id();

  dossier.action.set_action_id(request.action_id());
  dossier.action.set_request_id(absl::StrCat(id, "/action"));
  dossier.action.set_validate_only(request.validate_only());
  if (Ouvrir(request.action(), "action", dossier.action.mutable_action(), &violations))
    Verifier(dossier.action.action(), "action", &violations);

  dossier.budget.set_request_id(absl::StrCat(id, "/budget"));
  auto* budget = dossier.budget.mutable_budget();
  if (Ouvrir(request.budget(), "budget", budget, &violations)) {
    budget->set_action(kActionAVenir);
    Verifier(*budget, "budget", &violations);
  }

  dossier.lignes.set_request_id(absl::StrCat(id, "/lignes"));
  for (int i = 0; i < request.lignes_size(); ++i) {
    const std::string path = absl::StrCat("lignes[", i, "]");
    auto* ligne = dossier.lignes.add_requests()->mutable_ligne();
    if (!Ouvrir(request.lignes(i), path, ligne, &violations)) continue;
    ligne->set_action(kActionAVenir);
    Verifier(*ligne, path, &violations);
  }
  if (!violations.empty()) return status::InvalidRequest(std::move(violations));
  return dossier;
}

void Nommer(const std::string& action, Dossier* dossier) {
  const std::string id(types::DernierSegment(action));
  dossier->budget.set_budget_id(id);
  dossier->budget.mutable_budget()->set_action(action);
  for (auto& one : *dossier->lignes.mutable_requests()) {
    one.set_ligne_id(
        absl::StrCat(id, "-", std::string(types::DernierSegment(one.ligne().financeur()))));
    one.mutable_ligne()->set_action(action);
  }
}

}  // namespace pdv::gateway
