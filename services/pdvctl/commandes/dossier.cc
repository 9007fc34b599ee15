#include "services/pdvctl/commandes/dossier.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/types/nom.h"
#include "pdv/actions/v1/actions.pb.h"
#include "services/pdvctl/affichage/nombres.h"
#include "services/pdvctl/affichage/tableau.h"
#include "services/pdvctl/commandes/actes_dossier.h"
#include "services/pdvctl/commandes/deposer.h"
#include "services/pdvctl/commandes/existence.h"
#include "services/pdvctl/commandes/modele.h"
#include "services/pdvctl/commandes/modifier.h"
#include "services/pdvctl/commandes/pages.h"
#include "services/pdvctl/commandes/situation.h"
#include "services/pdvctl/commandes/verbes.h"

namespace pdv::pdvctl {
namespace {

namespace v1 = actions::v1;

// The verbs of a dossier, as the people who do them say them.
const std::vector<Verbe>& Verbes() {
  static const std::vector<Verbe> kVerbes = {
      {"soumettre", absl::StrCat(kActions, "SoumettreAction"), "rédacteur : l'écriture est finie"},
      {"attester", absl::StrCat(kActions, "AttesterAction"), "signataire : atteste et dépose"},
      {"completer", absl::StrCat(kActions, "DemanderComplements"),
       "instructeur : demande ce qui manque (--objet, répétée)"},
      {"repondre", absl::StrCat(kActions, "RepondreComplements"),
       "rédacteur : répond à chaque chose demandée (--reponse=1=TEXTE, répétée)"},
      {"complet", absl::StrCat(kActions, "DeclarerComplete"), "instructeur : rien ne manque"},
      {"instruire", absl::StrCat(kActions, "InstruireAction"), "instructeur : prend en charge"},
      {"avis", absl::StrCat(kActions, "CreateAvis"),
       "délégué du préfet, chef de projet, instructeur ou conseil citoyen : donne son avis "
       "(--sens, "
       "--motif)"},
      {"noter", absl::StrCat(kActions, "CreateCotation"),
       "note les critères de l'appel (--notes=mixite=8,ancrage=5)"},
      {"conflit", absl::StrCat(kActions, "CreateConflitInterets"),
       "déclare un intérêt dans le dossier, et n'y prend plus part (--interet) ; le préfet récuse "
       "quelqu'un (--personne)"},
      {"programmer", absl::StrCat(kActions, "ProgrammerAction"), "préfet : retient"},
      {"refuser", absl::StrCat(kActions, "RefuserAction"), "préfet : refuse (--motif)"},
      {"ajourner", absl::StrCat(kActions, "AjournerAction"), "préfet : reporte (--motif)"},
      {"reprendre", absl::StrCat(kActions, "ReprendreAction"),
       "remet un dossier ajourné à l'étude"},
      {"irrecevable", absl::StrCat(kActions, "DeclarerActionIrrecevable"),
       "instructeur : irrecevable (--motif)"},
      {"abandonner", absl::StrCat(kActions, "AbandonnerAction"), "porteur : renonce (--motif)"},
      {"reconduire", absl::StrCat(kActions, "ReconduireAction"),
       "rédacteur : le porte à un autre exercice, en brouillon (--exercice, --vers)"}};
  return kVerbes;
}

std::vector<Definition> Lectures() {
  return {
      {"lister", "les dossiers (--appel, --contrat, --porteur, --exercice, --etat)"},
      {"modele", "imprime un dossier à remplir"},
      {"creer", "dépose le dossier d'un fichier, ou corrige celui qui n'est pas déposé"},
      {"modifier",
       "change un dossier, déposé ou non : ce que dit FICHIER (action, budget, lignes), et rien "
       "d'autre"},
      {"suivre", "où il en est, à qui d'agir, ce que décide chaque financeur"},
      {"evaluer", "les règles qu'il enfreint (--jour)"}};
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
  if (const auto state = arguments.Texte("etat")) {
    const auto read = LireEtat(*v1::EtatAction_descriptor(), *state);
    if (!read.ok()) return DireErreur(read.status(), contexte);
    conditions.push_back(absl::StrCat("etat = ", *read));
  }
  request.set_filter(absl::StrJoin(conditions, " AND "));
  auto all = ToutesLesPages<v1::ListActionsResponse>(
      passerelle, absl::StrCat(kActions, "ListActions"), request);
  if (!all.ok()) return DireErreur(all.status(), contexte);
  const auto contrat = arguments.Texte("contrat");
  if (contrat && all->actions().empty()) {
    absl::Status known = VerifierContrat(passerelle, NomComplet("contrats", *contrat));
    if (!known.ok()) return DireErreur(known, contexte);
  }
  Tableau table({{"Dossier", false, true},
                 {"Intitulé"},
                 {"Porteur", false, true},
                 {"Exercice", true},
                 {"État"}});
  for (const auto& action : all->actions())
    table.Ajouter({std::string(types::DernierSegment(action.name())), action.intitule(),
                   std::string(types::DernierSegment(action.porteur())),
                   absl::StrCat(action.exercice()), LibelleEtat(action)});
  if (contexte.json)
    contexte.sortie << EcrireJson(*all);
  else
    contexte.sortie << (table.vide()
                            ? "Aucun dossier.\n"
                            : table.Rendre(contexte.terminal_sortie) +
                                  CompterFr(all->actions_size(), "dossier", "dossiers") + ".\n");
  return kReussite;
}

}  // namespace

CommandeDeclaree DeclarationDossier() {
  CommandeDeclaree declaration{
      "dossier",
      "Un dossier, de l'écriture à la programmation : modele à remplir, creer, suivre, évaluer, "
      "attester.",
      {ArgumentVerbe(Lectures(), Verbes(), [](const Verbe& one) -> const Verbe& { return one; }),
       {"NOM", "le dossier (2024-cv110-0042) ; creer : le fichier JSON", false, false, {}, {}},
       {"FICHIER", "modifier : le fichier JSON, de la même forme", false, false, {}, {}}},
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
        "lister : un seul exercice ; modele : celui du dossier (cette année) ; reconduire : le "
        "nouvel exercice",
        false,
        {}},
       {"etat", GenreOption::kTexte, "ÉTAT", "lister : un seul état (« déposé »…)", false, {}},
       {"jour", GenreOption::kTexte, "JOUR", "evaluer : les règles de ce jour", false, {}},
       {"attester", GenreOption::kDrapeau, "", "creer : signataire, atteste et dépose", false, {}}},
      {}};
  for (OptionDeclaree& option : OptionsActes()) declaration.options.push_back(std::move(option));
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
  const std::string file = arguments.Valeur("FICHIER");
  if (word != "modifier" && !file.empty())
    return DireErreur(absl::InvalidArgumentError(absl::StrCat("« ", file, " » est de trop")),
                      contexte);
  if (word == "creer") return DeposerFichier(arguments, contexte);
  const std::string name = NomComplet("actions", arguments.Valeur("NOM"));
  if (word == "modifier") return ModifierDossier(name, arguments, contexte);
  Passerelle passerelle(arguments);
  if (word == "suivre") return DireSituation(passerelle, name, arguments, contexte);
  if (word == "evaluer") return DireEvaluation(passerelle, name, arguments, contexte);
  for (const Verbe& verb : Verbes()) {
    if (verb.mot != word) continue;
    auto moved =
        Appliquer(passerelle, verb, name, arguments, [&](google::protobuf::Message* request) {
          return CompleterActe(passerelle, arguments, request);
        });
    if (!moved.ok()) return DireErreur(moved.status(), contexte);
    DireActe(**moved, arguments, contexte);
  }
  return kReussite;
}

}  // namespace pdv::pdvctl
