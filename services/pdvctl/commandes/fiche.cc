#include "services/pdvctl/commandes/fiche.h"

#include <memory>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "pdv/actions/v1/action.pb.h"
#include "services/pdvctl/commandes/fiche_action.h"
#include "services/pdvctl/commandes/json_proto.h"
#include "services/pdvctl/commandes/passerelle.h"
#include "services/pdvctl/ressources/presentation.h"
#include "services/pdvctl/ressources/ressources.h"

namespace pdv::pdvctl {
namespace {

using google::protobuf::Message;

// What a name that is of no resource might have meant.
absl::Status NomInconnu(const std::string& name) {
  if (!name.empty() && name.find('/') == std::string::npos)
    return absl::InvalidArgumentError(absl::StrCat(
        "« ", name,
        " » n'est le nom d'aucune ressource : sa collection manque devant, comme dans actions/",
        name, ", porteurs/", name, " ou lignes/", name));
  std::vector<std::string> patterns;
  for (const RessourceConnue& one : RessourcesConnues()) {
    if (one.lire != nullptr) patterns.push_back(one.motif);
  }
  return absl::InvalidArgumentError(absl::StrCat("« ", name,
                                                 " » n'est le nom d'aucune ressource ; un nom est ",
                                                 absl::StrJoin(patterns, ", ")));
}

}  // namespace

CommandeDeclaree DeclarationFiche() {
  CommandeDeclaree declaration{
      "fiche",
      "Tout ce que la suite sait d'une ressource (action, contrat, porteur, ligne, quartier…).",
      {{"NOM",
        "son nom : actions/2023-cv110-0042, contrats/cv110, qpv/qn03401m…",
        true,
        false,
        {}}},
      {{"format", GenreOption::kChoix, "", "forme du résultat", false, {"table", "json"}},
       OptionPasserelle()},
      {}};
  for (OptionDeclaree& option : OptionsIdentite()) declaration.options.push_back(std::move(option));
  return declaration;
}

int ExecuterFiche(const Arguments& arguments, Contexte& contexte) {
  const std::string name = arguments.Valeur("NOM");
  const bool json = arguments.TexteOu("format", "table") == "json";
  const RessourceConnue* resource = RessourceNommee(name);
  if (resource == nullptr || resource->lire == nullptr)
    return DireErreur(NomInconnu(name), contexte);
  Passerelle passerelle(arguments);
  if (resource->message == actions::v1::Action::descriptor())
    return DireFicheAction(passerelle, name, json, contexte);
  auto* factory = google::protobuf::MessageFactory::generated_factory();
  std::unique_ptr<Message> request(factory->GetPrototype(resource->lire->input_type())->New());
  std::unique_ptr<Message> answer(factory->GetPrototype(resource->message)->New());
  request->GetReflection()->SetString(request.get(),
                                      request->GetDescriptor()->FindFieldByName("name"), name);
  const std::string method =
      absl::StrCat(resource->lire->service()->full_name(), "/", resource->lire->name());
  absl::Status called = passerelle.Appeler(method, *request, answer.get());
  if (!called.ok()) return DireErreur(called, contexte);
  MasquerSecrets(answer.get());
  contexte.sortie << (json ? EcrireJson(*answer) : Presenter(*answer, contexte.terminal_sortie));
  return kReussite;
}

}  // namespace pdv::pdvctl
