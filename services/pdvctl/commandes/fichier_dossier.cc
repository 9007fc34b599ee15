#include "services/pdvctl/commandes/fichier_dossier.h"

#include <nlohmann/json.hpp>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "common/types/nom.h"
#include "pdv/commun/options/v1/options.pb.h"
#include "services/pdvctl/commandes/json_proto.h"
#include "services/pdvctl/commandes/modele.h"

namespace pdv::pdvctl {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::FieldMask;

absl::Status LirePartie(const nlohmann::json& json, const char* part,
                        google::protobuf::Message* message) {
  if (absl::Status read = LireJson(json.dump(), message); !read.ok())
    return absl::InvalidArgumentError(absl::StrCat("« ", part, " » : ", read.message()));
  return absl::OkStatus();
}

template <class Message>
absl::Status Emballer(const nlohmann::json& json, const char* part, google::protobuf::Any* any) {
  Message message;
  absl::Status read = LirePartie(json, part, &message);
  if (read.ok()) any->PackFrom(message);
  return read;
}

// What a model (modele.h) leaves to its reader, and is still as it was: "action.intitule".
std::vector<std::string> Blancs(const nlohmann::json& json) {
  std::vector<std::string> blanks;
  const nlohmann::json flat = json.flatten();
  for (const auto& [path, value] : flat.items())
    if (value.is_string() && absl::StrContains(value.get<std::string>(), kARemplir))
      blanks.push_back(absl::StrReplaceAll(path.substr(1), {{"/", "."}}));
  return blanks;
}

// The parts of a dossier, each filled in.
absl::StatusOr<nlohmann::json> LireParties(const std::string& texte) {
  nlohmann::json json = nlohmann::json::parse(texte, nullptr, /*allow_exceptions=*/false,
                                              /*ignore_comments=*/true);
  if (json.is_discarded())
    return absl::InvalidArgumentError(
        absl::StrCat(PourquoiPasDuJson(texte), " (pdvctl dossier modele donne un exemple)"));
  if (!json.is_object())
    return absl::InvalidArgumentError(
        "ce n'est pas un objet JSON : {\"action\": …, \"budget\": …, \"lignes\": […]} (pdvctl "
        "dossier modele en donne un)");
  for (const auto& [key, value] : json.items()) {
    if (key != "action" && key != "budget" && key != "lignes")
      return absl::InvalidArgumentError(
          absl::StrCat("« ", key, " » est inconnu : action, budget et lignes sont attendus"));
  }
  if (const auto blanks = Blancs(json); !blanks.empty())
    return absl::InvalidArgumentError(
        absl::StrCat("il reste à remplir ", absl::StrJoin(blanks, ", ")));
  return json;
}

// The fields that a text gives, as an update takes them (AIP-134): what the service sets by itself,
// and the names, are left out.
FieldMask MasqueDe(const nlohmann::json& given, const Descriptor& type) {
  FieldMask mask;
  for (const auto& [key, value] : given.items()) {
    const FieldDescriptor* field = type.FindFieldByName(key);
    if (field == nullptr) field = type.FindFieldByCamelcaseName(key);
    if (field == nullptr) continue;
    const auto& options = field->options().GetExtension(commun::options::v1::field);
    if (!options.output_only() && !options.immutable()) mask.add_paths(field->name());
  }
  return mask;
}

absl::Status LireAction(const nlohmann::json& json, const std::string& name,
                        Modification* modification) {
  actions::v1::UpdateActionRequest update;
  actions::v1::Action& action = *update.mutable_action();
  if (absl::Status read = LirePartie(json, "action", &action); !read.ok()) return read;
  if (!action.name().empty() && action.name() != name)
    return absl::InvalidArgumentError(
        absl::StrCat("le fichier est celui de ", action.name(), ", et non de ", name));
  action.set_name(name);
  *update.mutable_update_mask() = MasqueDe(json, *actions::v1::Action::descriptor());
  if (update.update_mask().paths_size() > 0) modification->action = std::move(update);
  return absl::OkStatus();
}

absl::Status LireBudget(const nlohmann::json& json, const std::string& name,
                        Modification* modification) {
  financement::v1::UpdateBudgetRequest update;
  financement::v1::Budget& budget = *update.mutable_budget();
  if (absl::Status read = LirePartie(json, "budget", &budget); !read.ok()) return read;
  budget.set_name(absl::StrCat("budgets/", std::string(types::DernierSegment(name))));
  budget.set_action(name);
  *update.mutable_update_mask() = MasqueDe(json, *financement::v1::Budget::descriptor());
  update.set_allow_missing(true);
  if (update.update_mask().paths_size() > 0) modification->budget = std::move(update);
  return absl::OkStatus();
}

absl::Status LireDemande(const nlohmann::json& json, const std::string& name,
                         Modification* modification) {
  financement::v1::Ligne& ligne = modification->lignes.emplace_back();
  if (absl::Status read = LirePartie(json, "lignes", &ligne); !read.ok()) return read;
  ligne.set_action(name);
  if (ligne.financeur().empty())
    return absl::InvalidArgumentError("« lignes » : financeur dit à qui chacune s'adresse");
  const FieldMask said = MasqueDe(json, *financement::v1::Ligne::descriptor());
  for (const std::string& path : said.paths())
    if (!absl::StartsWith(path, "demande_"))
      return absl::InvalidArgumentError(
          absl::StrCat("« lignes » : ", path, " revient au financeur"));
  return absl::OkStatus();
}
}  // namespace

absl::StatusOr<gateway::v1::DeposerDossierRequest> LireDossier(const std::string& texte) {
  const absl::StatusOr<nlohmann::json> json = LireParties(texte);
  if (!json.ok()) return json.status();
  if (!json->contains("action") || !json->contains("budget") || !json->contains("lignes") ||
      !json->at("lignes").is_array())
    return absl::InvalidArgumentError("action, budget et lignes (une liste) sont attendus");
  gateway::v1::DeposerDossierRequest request;
  absl::Status read =
      Emballer<actions::v1::Action>(json->at("action"), "action", request.mutable_action());
  if (!read.ok()) return read;
  read = Emballer<financement::v1::Budget>(json->at("budget"), "budget", request.mutable_budget());
  if (!read.ok()) return read;
  for (const nlohmann::json& line : json->at("lignes")) {
    read = Emballer<financement::v1::Ligne>(line, "lignes", request.add_lignes());
    if (!read.ok()) return read;
  }
  actions::v1::Action action;
  request.action().UnpackTo(&action);
  request.set_action_id(std::string(types::DernierSegment(action.name())));
  action.clear_name();
  request.mutable_action()->PackFrom(action);
  return request;
}

absl::StatusOr<Modification> LireModification(const std::string& texte, const std::string& action) {
  const absl::StatusOr<nlohmann::json> json = LireParties(texte);
  if (!json.ok()) return json.status();
  Modification change;
  if (json->contains("action")) {
    if (absl::Status read = LireAction(json->at("action"), action, &change); !read.ok())
      return read;
  }
  if (json->contains("budget")) {
    if (absl::Status read = LireBudget(json->at("budget"), action, &change); !read.ok())
      return read;
  }
  const nlohmann::json lines = json->value("lignes", nlohmann::json::array());
  if (!lines.is_array()) return absl::InvalidArgumentError("« lignes » est une liste");
  for (const nlohmann::json& line : lines) {
    if (absl::Status read = LireDemande(line, action, &change); !read.ok()) return read;
  }
  if (!change.action && !change.budget && change.lignes.empty())
    return absl::InvalidArgumentError(
        "le fichier ne change rien : action, budget ou lignes sont attendus");
  return change;
}

}  // namespace pdv::pdvctl
