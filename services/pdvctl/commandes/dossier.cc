#include "services/pdvctl/commandes/dossier.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "pdv/actions/v1/actions.pb.h"
#include "services/pdvctl/affichage/tableau.h"
#include "services/pdvctl/commandes/deposer.h"
#include "services/pdvctl/commandes/modele.h"
#include "services/pdvctl/commandes/pages.h"
#include "services/pdvctl/commandes/situation.h"
#include "services/pdvctl/commandes/verbes.h"

namespace pdv::pdvctl {
namespace {

namespace v1 = actions::v1;

constexpr char kService[] = "pdv.actions.v1.ActionsService/";

// The verbs of a dossier, as the people who do them say them.
const std::vector<Verbe>& Verbes() {
  static const std::vector<Verbe> kVerbes = {
      {"soumettre", absl::StrCat(kService, "SoumettreAction"), "rédacteur : l'écriture est finie"},
      {"attester", absl::StrCat(kService, "AttesterAction"), "signataire : atteste et dépose"},
      {"completer", absl::StrCat(kService, "DemanderComplements"),
       "instructeur : demande un complément (--objet)"},
      {"repondre", absl::StrCat(kService, "RepondreComplements"),
       "rédacteur : répond à tout ce qui est demandé (--reponse)"},
      {"complet", absl::StrCat(kService, "DeclarerComplete"), "instructeur : rien ne manque"},
      {"instruire", absl::StrCat(kService, "InstruireAction"), "instructeur : prend en charge"},
      {"programmer", absl::StrCat(kService, "ProgrammerAction"), "préfet : retient"},
      {"refuser", absl::StrCat(kService, "RefuserAction"), "préfet : refuse (--motif)"},
      {"ajourner", absl::StrCat(kService, "AjournerAction"), "préfet : reporte (--motif)"},
      {"reprendre", absl::StrCat(kService, "ReprendreAction"),
       "remet un dossier ajourné à l'étude"},
      {"irrecevable", absl::StrCat(kService, "DeclarerActionIrrecevable"),
       "instructeur : irrecevable (--motif)"},
      {"abandonner", absl::StrCat(kService, "AbandonnerAction"), "porteur : renonce (--motif)"}};
  return kVerbes;
}

std::vector<std::string> Mots() {
  std::vector<std::string> words = {"lister", "modele", "creer", "suivre", "evaluer"};
  for (const Verbe& verb : Verbes()) words.push_back(verb.mot);
  return words;
}

int Lister(const Arguments& arguments, Contexte& contexte) {
  Passerelle passerelle(arguments);
  v1::ListActionsRequest request;
  std::vector<std::string> conditions;
  const auto equals = [&](const char* option, const char* field, const char* collection) {
    if (const auto value = arguments.Texte(option))
      conditions.push_back(absl::StrCat(field, " = \"", NomComplet(collection, *value), "\""));
  };
  equals("appel", "appel", "appels");
  equals("contrat", "contrat", "contrats");
  equals("porteur", "porteur", "porteurs");
  if (const auto year = arguments.Entier("exercice"))
    conditions.push_back(absl::StrCat("exercice = ", *year));
  request.set_filter(absl::StrJoin(conditions, " AND "));
  auto all = ToutesLesPages<v1::ListActionsResponse>(
      passerelle, absl::StrCat(kService, "ListActions"), request);
  if (!all.ok()) return DireErreur(all.status(), contexte);
  Tableau table({{"Dossier"}, {"Intitulé"}, {"Porteur"}, {"Exercice", true}, {"État"}});
  for (const auto& action : all->actions())
    table.Ajouter({action.name(), action.intitule(), action.porteur(),
                   absl::StrCat(action.exercice()), LibelleEtat(action)});
  if (contexte.json)
    contexte.sortie << EcrireJson(*all);
  else
    contexte.sortie << (table.vide() ? "Aucun dossier.\n" : table.Rendre(contexte.terminal_sortie));
  return kReussite;
}

// DemanderComplements and RepondreComplements ask for more than a name: one thing asked, or the
// same answer to everything that is open.
absl::Status Completer(Passerelle& passerelle, const Arguments& arguments,
                       google::protobuf::Message* message) {
  if (auto* ask = dynamic_cast<v1::DemanderComplementsRequest*>(message)) {
    const auto what = arguments.Texte("objet");
    if (!what) return absl::InvalidArgumentError("--objet dit ce qui manque");
    auto* one = ask->add_demandes();
    one->set_objet(*what);
    one->set_champ(arguments.TexteOu("champ", ""));
  }
  if (auto* answer = dynamic_cast<v1::RepondreComplementsRequest*>(message)) {
    const auto text = arguments.Texte("reponse");
    if (!text) return absl::InvalidArgumentError("--reponse donne la réponse");
    auto open = ComplementsOuverts(passerelle, answer->name());
    if (!open.ok()) return open.status();
    for (const auto& complement : *open) {
      auto* one = answer->add_reponses();
      one->set_complement(complement.name());
      one->set_texte(*text);
    }
  }
  return absl::OkStatus();
}

}  // namespace

CommandeDeclaree DeclarationDossier() {
  CommandeDeclaree declaration{
      "dossier",
      "Un dossier, de l'écriture à la programmation : modele à remplir, creer, suivre, évaluer, "
      "attester.",
      {{"VERBE", "ce qu'on en fait", true, false, Mots()},
       {"NOM", "le dossier : actions/2024-cv110-0042 ; creer : le fichier JSON", false, false, {}}},
      {{"appel",
        GenreOption::kTexte,
        "NOM",
        "lister : un seul appel à projets ; modele : celui du dossier",
        false,
        {}},
       {"contrat",
        GenreOption::kTexte,
        "NOM",
        "lister : un seul contrat ; modele : celui du dossier",
        false,
        {}},
       {"porteur",
        GenreOption::kTexte,
        "NOM",
        "lister : un seul porteur ; modele : celui du dossier",
        false,
        {}},
       {"exercice",
        GenreOption::kEntier,
        "AAAA",
        "lister : un seul exercice ; modele : celui du dossier (cette année)",
        false,
        {}},
       {"jour", GenreOption::kTexte, "AAAA-MM-JJ", "evaluer : les règles de ce jour", false, {}},
       {"objet", GenreOption::kTexte, "TEXTE", "completer : ce qui manque", false, {}},
       {"champ", GenreOption::kTexte, "CHAMP", "completer : où", false, {}},
       {"reponse", GenreOption::kTexte, "TEXTE", "repondre : la réponse", false, {}},
       {"attester", GenreOption::kDrapeau, "", "creer : signataire, atteste et dépose", false, {}}},
      {}};
  for (OptionDeclaree& option : OptionsVerbe()) declaration.options.push_back(std::move(option));
  return declaration;
}

int ExecuterDossier(const Arguments& arguments, Contexte& contexte) {
  const std::string word = arguments.Valeur("VERBE");
  if (word == "lister") return Lister(arguments, contexte);
  if (word == "modele") return DireModele(arguments, contexte);
  if (arguments.Valeur("NOM").empty())
    return DireErreur(
        absl::InvalidArgumentError(absl::StrCat("dossier ", word, " : NOM est attendu")), contexte);
  if (word == "creer") return DeposerFichier(arguments, contexte);
  const std::string name = NomComplet("actions", arguments.Valeur("NOM"));
  Passerelle passerelle(arguments);
  if (word == "suivre") return DireSituation(passerelle, name, arguments, contexte);
  if (word == "evaluer") return DireEvaluation(passerelle, name, arguments, contexte);
  for (const Verbe& verb : Verbes()) {
    if (verb.mot != word) continue;
    auto moved =
        Appliquer(passerelle, verb, name, arguments, [&](google::protobuf::Message* request) {
          return Completer(passerelle, arguments, request);
        });
    if (!moved.ok()) return DireErreur(moved.status(), contexte);
    DireRessource(**moved, arguments, contexte);
  }
  return kReussite;
}

}  // namespace pdv::pdvctl
