#include "services/gateway/domain/dossier.h"

#include <algorithm>
#include <map>

#include "absl/strings/str_cat.h"
#include "common/status/error.h"
#include "common/types/nom.h"
#include "common/types/sha256.h"
#include "common/validate/validator.h"
#include "pdv/commun/options/v1/options.pb.h"

namespace pdv::gateway {
namespace {

using financement::v1::Budget;
using financement::v1::Ligne;
using Violations = std::vector<status::Violation>;

// A name that the fields' rules accept, for the fields that only the gateway can set.
constexpr char kActionAVenir[] = "actions/-";

std::string Empreinte(const google::protobuf::Message& message) {
  return types::Sha256Hex(message.SerializeAsString());
}

// Two deposits are the same where every byte is, but the id and the rehearsal.
std::string EmpreinteDuDepot(v1::DeposerDossierRequest request) {
  request.clear_request_id();
  request.clear_validate_only();
  return Empreinte(request);
}

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

// A porteur says whom it asks, and for how much: an envelope, a vote or a commitment is not its to
// say.
void VerifierDemande(const Ligne& ligne, const std::string& path, Violations* violations) {
  std::vector<const google::protobuf::FieldDescriptor*> fields;
  ligne.GetReflection()->ListFields(ligne, &fields);
  for (const auto* field : fields) {
    const bool said = field->name() == "action" || field->name() == "financeur" ||
                      field->name().rfind("demande_", 0) == 0 || field->name() == "name";
    if (said || field->options().GetExtension(commun::options::v1::field).output_only()) continue;
    violations->push_back({absl::StrCat(path, ".", field->name()), "CHAMP_HORS_DEPOT",
                           "Ce champ revient au financeur : une demande dit à qui elle s'adresse "
                           "et combien elle demande."});
  }
}

void LireLignes(const v1::DeposerDossierRequest& request, Dossier* dossier,
                Violations* violations) {
  std::map<std::string, int> funders;
  for (int i = 0; i < request.lignes_size(); ++i) {
    const std::string path = absl::StrCat("lignes[", i, "]");
    Ligne& ligne = dossier->lignes.emplace_back();
    if (!Ouvrir(request.lignes(i), path, &ligne, violations)) continue;
    ligne.clear_name();
    ligne.set_action(kActionAVenir);
    Verifier(ligne, path, violations);
    VerifierDemande(ligne, path, violations);
    validate::ClearOutputOnly(&ligne);
    const auto [first, fresh] = funders.insert({ligne.financeur(), i});
    if (!fresh && !ligne.financeur().empty())
      violations->push_back(
          {path + ".financeur", "FINANCEUR_EN_DOUBLE",
           absl::StrCat("Ce financeur est déjà sollicité par lignes[", first->second, "].")});
  }
}

// The day is the service's where the deposit does not say it.
bool MemeDemande(const Ligne& connue, const Ligne& voulue) {
  return connue.demande_droit_commun_centimes() == voulue.demande_droit_commun_centimes() &&
         connue.demande_specifiques_centimes() == voulue.demande_specifiques_centimes() &&
         (!voulue.has_demande_le() ||
          connue.demande_le().SerializeAsString() == voulue.demande_le().SerializeAsString());
}

template <class Request>
void Identifier(const Dossier& dossier, const char* etape, Request* request) {
  request->set_request_id(
      absl::StrCat(dossier.request_id, etape, Empreinte(*request).substr(0, 12)));
}

Demandes::Changement Changer(const Dossier& dossier, const Ligne& connue, const Ligne& voulue,
                             int rang) {
  Demandes::Changement change;
  change.rang = rang;
  Ligne* ligne = change.requete.mutable_ligne();
  ligne->set_name(connue.name());
  ligne->set_etag(connue.etag());
  ligne->set_demande_droit_commun_centimes(voulue.demande_droit_commun_centimes());
  ligne->set_demande_specifiques_centimes(voulue.demande_specifiques_centimes());
  change.requete.mutable_update_mask()->add_paths("demande_droit_commun_centimes");
  change.requete.mutable_update_mask()->add_paths("demande_specifiques_centimes");
  if (voulue.has_demande_le()) {
    *ligne->mutable_demande_le() = voulue.demande_le();
    change.requete.mutable_update_mask()->add_paths("demande_le");
  }
  Identifier(dossier, "/lignes/", &change.requete);
  return change;
}

}  // namespace

absl::StatusOr<Dossier> LireDossier(const v1::DeposerDossierRequest& request) {
  Dossier dossier;
  Violations violations;
  dossier.request_id = request.request_id();
  dossier.action.set_action_id(request.action_id());
  dossier.action.set_validate_only(request.validate_only());
  // A rehearsal leaves no record: it would be refused beside that of the deposit itself.
  if (!request.validate_only())
    dossier.action.set_request_id(absl::StrCat(dossier.request_id, "/action"));
  auto* action = dossier.action.mutable_action();
  if (Ouvrir(request.action(), "action", action, &violations))
    Verifier(*action, "action", &violations);
  // No service keeps an identifier that a caller gives, but its record of the first step compares
  // all that the step says: the same request_id with other lines is refused by it (AIP-155).
  action->set_uid(EmpreinteDuDepot(request));

  if (Ouvrir(request.budget(), "budget", &dossier.budget, &violations)) {
    dossier.budget.set_action(kActionAVenir);
    Verifier(dossier.budget, "budget", &violations);
    validate::ClearOutputOnly(&dossier.budget);
  }
  LireLignes(request, &dossier, &violations);
  if (!violations.empty()) return status::InvalidRequest(std::move(violations));
  return dossier;
}

void Nommer(const std::string& action, Dossier* dossier) {
  const std::string id(types::DernierSegment(action));
  dossier->action.mutable_action()->set_name(action);
  dossier->budget.set_name(absl::StrCat("budgets/", id));
  dossier->budget.set_action(action);
  for (Ligne& ligne : dossier->lignes) {
    ligne.set_name(
        absl::StrCat("lignes/", id, "-", std::string(types::DernierSegment(ligne.financeur()))));
    ligne.set_action(action);
  }
}

actions::v1::UpdateActionRequest Correction(const Dossier& dossier) {
  actions::v1::UpdateActionRequest request;
  *request.mutable_action() = dossier.action.action();
  request.mutable_action()->set_name(absl::StrCat("actions/", dossier.action.action_id()));
  request.mutable_update_mask()->add_paths("*");
  request.set_validate_only(dossier.action.validate_only());
  if (!request.validate_only())
    request.set_request_id(absl::StrCat(dossier.request_id, "/corriger"));
  return request;
}

financement::v1::CreateBudgetRequest CreationBudget(const Dossier& dossier) {
  financement::v1::CreateBudgetRequest request;
  *request.mutable_budget() = dossier.budget;
  request.mutable_budget()->clear_name();
  request.set_budget_id(std::string(types::DernierSegment(dossier.budget.name())));
  request.set_request_id(absl::StrCat(dossier.request_id, "/budget"));
  return request;
}

financement::v1::UpdateBudgetRequest CorrectionBudget(const Dossier& dossier, const Budget& connu) {
  financement::v1::UpdateBudgetRequest request;
  *request.mutable_budget() = dossier.budget;
  request.mutable_budget()->set_etag(connu.etag());
  request.mutable_update_mask()->add_paths("*");
  Identifier(dossier, "/budget/", &request);
  return request;
}

Demandes DemandesQuiManquent(const Dossier& dossier, const std::vector<Ligne>& connues) {
  Demandes left;
  std::map<std::string, const Ligne*> known;
  for (const Ligne& ligne : connues) known.insert({ligne.financeur(), &ligne});
  for (size_t i = 0; i < dossier.lignes.size(); ++i) {
    const Ligne& wanted = dossier.lignes[i];
    const auto there = known.find(wanted.financeur());
    if (there == known.end()) {
      auto* one = left.nouvelles.add_requests();
      one->set_ligne_id(std::string(types::DernierSegment(wanted.name())));
      *one->mutable_ligne() = wanted;
      one->mutable_ligne()->clear_name();
      left.rangs.push_back(i);
      continue;
    }
    if (!MemeDemande(*there->second, wanted))
      left.changees.push_back(Changer(dossier, *there->second, wanted, static_cast<int>(i)));
    known.erase(there);
  }
  for (const auto& [funder, ligne] : known)
    if (!MemeDemande(*ligne, Ligne()))
      left.changees.push_back(Changer(dossier, *ligne, Ligne(), -1));
  if (!left.rangs.empty()) Identifier(dossier, "/lignes/", &left.nouvelles);
  return left;
}

bool EstDepose(const actions::v1::Action& action) {
  return action.has_depot_time() ||
         (action.etat() != actions::v1::ETAT_ACTION_BROUILLON &&
          action.etat() != actions::v1::ETAT_ACTION_EN_ATTENTE_ATTESTATION);
}

bool MemeAction(const Dossier& dossier, const actions::v1::Action& action) {
  actions::v1::Action wanted = dossier.action.action(), now = action;
  validate::ClearOutputOnly(&wanted);
  validate::ClearOutputOnly(&now);
  wanted.clear_name();
  now.clear_name();
  if (wanted.departement().empty()) now.clear_departement();
  if (wanted.region().empty()) now.clear_region();
  return wanted.SerializeAsString() == now.SerializeAsString();
}

bool MemeBudget(const Dossier& dossier, const Budget& budget) {
  if (!dossier.budget.plan().empty() && dossier.budget.plan() != budget.plan()) return false;
  const auto& wanted = dossier.budget.lignes();
  return std::equal(
      wanted.begin(), wanted.end(), budget.lignes().begin(), budget.lignes().end(),
      [](const auto& a, const auto& b) { return a.SerializeAsString() == b.SerializeAsString(); });
}

}  // namespace pdv::gateway
