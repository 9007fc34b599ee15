#include "services/pdvctl/commandes/deposer.h"

#include <nlohmann/json.hpp>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "common/status/error.h"
#include "common/types/nom.h"
#include "pdv/actions/v1/action.pb.h"
#include "pdv/financement/v1/budget.pb.h"
#include "pdv/financement/v1/ligne.pb.h"
#include "services/pdvctl/affichage/nombres.h"
#include "services/pdvctl/affichage/paragraphe.h"
#include "services/pdvctl/commandes/modele.h"
#include "services/pdvctl/commandes/situation.h"
#include "services/pdvctl/commandes/verbes.h"
#include "services/pdvctl/lecture/fichier.h"

namespace pdv::pdvctl {
namespace {

template <class Message>
absl::Status Emballer(const nlohmann::json& json, const char* part, google::protobuf::Any* any) {
  Message message;
  if (absl::Status read = LireJson(json.dump(), &message); !read.ok())
    return absl::InvalidArgumentError(absl::StrCat("« ", part, " » : ", read.message()));
  any->PackFrom(message);
  return absl::OkStatus();
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

}  // namespace

absl::StatusOr<gateway::v1::DeposerDossierRequest> LireDossier(const std::string& texte) {
  const nlohmann::json json = nlohmann::json::parse(texte, nullptr, /*allow_exceptions=*/false,
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
  gateway::v1::DeposerDossierRequest request;
  if (!json.contains("action") || !json.contains("budget") || !json.contains("lignes") ||
      !json["lignes"].is_array())
    return absl::InvalidArgumentError("action, budget et lignes (une liste) sont attendus");
  absl::Status read =
      Emballer<actions::v1::Action>(json["action"], "action", request.mutable_action());
  if (!read.ok()) return read;
  read = Emballer<financement::v1::Budget>(json["budget"], "budget", request.mutable_budget());
  if (!read.ok()) return read;
  for (const nlohmann::json& line : json["lignes"]) {
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

namespace {

// A file that names its dossier can be played as often as one likes: the gateway looks at what is
// there. One that names none is known by its content: played again, it makes no second dossier.
std::string IdentifiantDuDepot(const gateway::v1::DeposerDossierRequest& request,
                               const std::string& bytes) {
  if (!request.action_id().empty()) return NouvelIdentifiantDeRequete();
  return IdentifiantDuContenu(request.attester() ? "depot-attester" : "depot", bytes);
}

// What to do next, where the dossier was written and a rule keeps it from being filed.
void DireSuite(Passerelle& passerelle, const absl::Status& refused, bool nomme,
               Contexte& contexte) {
  const std::string kept = status::MetadataOf(refused, "action");
  if (contexte.json || kept.empty() || status::MetadataOf(refused, "refus").empty()) return;
  for (const std::string& gap : EcartsDuBudget(passerelle, kept))
    contexte.erreurs << "  Budget : " << gap << "\n";
  contexte.erreurs << Paragraphe(
      absl::StrCat("Le brouillon ", kept, " est gardé. Corriger le fichier",
                   nomme ? "" : absl::StrCat(", lui donner son nom (\"name\": \"", kept, "\")"),
                   " et le rejouer."),
      contexte.terminal_erreurs);
}

void DireDepot(const gateway::v1::DossierDepose& filed, const Arguments& arguments,
               Contexte& contexte) {
  actions::v1::Action action;
  financement::v1::Budget budget;
  filed.action().UnpackTo(&action);
  filed.budget().UnpackTo(&budget);
  DireRessource(action, arguments, contexte);
  if (!filed.has_budget()) {  // of an action that does not exist yet: nothing was added up
    contexte.sortie << "Le budget et les demandes sont bien écrits ; leurs sommes se vérifient au "
                       "dépôt.\n";
    return;
  }
  contexte.sortie << "Budget : " << EurosFr(budget.charges_centimes()) << " de charges, "
                  << EurosFr(budget.produits_centimes()) << " de produits ; "
                  << CompterFr(filed.lignes_size(), "financeur sollicité", "financeurs sollicités")
                  << ".\n";
  if (action.etat() == actions::v1::ETAT_ACTION_EN_ATTENTE_ATTESTATION)
    contexte.sortie << "Il reste à attester : pdvctl dossier attester "
                    << types::DernierSegment(action.name())
                    << " --role=signataire --organisation=" << action.porteur() << "\n";
}

}  // namespace

int DeposerFichier(const Arguments& arguments, Contexte& contexte) {
  absl::StatusOr<std::string> bytes = LireFichier(arguments.Valeur("NOM"));
  if (!bytes.ok()) return DireErreur(bytes.status(), contexte);
  auto request = LireDossier(*bytes);
  if (!request.ok()) return DireErreur(request.status(), contexte);
  request->set_attester(arguments.Drapeau("attester"));
  request->set_validate_only(arguments.Drapeau("simulation"));
  request->set_request_id(arguments.TexteOu("request-id", IdentifiantDuDepot(*request, *bytes)));
  Passerelle passerelle(arguments);
  auto filed = passerelle.Appeler<gateway::v1::DossierDepose>(
      "pdv.gateway.v1.GatewayService/DeposerDossier", *request);
  if (!filed.ok()) {
    DireErreur(filed.status(), contexte);
    DireSuite(passerelle, filed.status(), !request->action_id().empty(), contexte);
    return kEchec;
  }
  if (contexte.json)
    contexte.sortie << EcrireJson(*filed);
  else
    DireDepot(*filed, arguments, contexte);
  return kReussite;
}

}  // namespace pdv::pdvctl
