#include "services/pdvctl/commandes/appel.h"

#include "absl/strings/str_cat.h"
#include "common/types/nom.h"
#include "pdv/actions/v1/actions.pb.h"
#include "services/pdvctl/affichage/dates.h"
#include "services/pdvctl/affichage/nombres.h"
#include "services/pdvctl/affichage/tableau.h"
#include "services/pdvctl/commandes/modele.h"
#include "services/pdvctl/commandes/pages.h"
#include "services/pdvctl/commandes/verbes.h"
#include "services/pdvctl/ressources/appels.h"

namespace pdv::pdvctl {
namespace {

namespace v1 = actions::v1;

const std::vector<Verbe>& Verbes() {
  static const std::vector<Verbe> kVerbes = {
      {"publier", absl::StrCat(kActions, "PublierAppel"), "l'ouvre aux porteurs, à ses dates"},
      {"clore", absl::StrCat(kActions, "CloreAppel"), "n'y prend plus aucun dépôt"},
      {"rouvrir", absl::StrCat(kActions, "RouvrirAppel"), "reporte son dernier jour (--jusquau)"}};
  return kVerbes;
}

std::string Reste(const v1::AppelAProjets& appel) {
  if (appel.etat() != v1::ETAT_APPEL_PUBLIE) return "";
  const int64_t days = JoursRestants(appel);
  if (days < 0) return "terminé";
  return days == 0 ? "dernier jour" : CompterFr(days, "jour", "jours");
}

int Lister(const Arguments& arguments, Contexte& contexte) {
  Passerelle passerelle(arguments);
  v1::ListAppelsAProjetsRequest request;
  request.set_order_by("exercice desc, name");
  if (const auto year = arguments.Entier("exercice"))
    request.set_filter(absl::StrCat("exercice = ", *year));
  auto all = ToutesLesPages<v1::ListAppelsAProjetsResponse>(
      passerelle, absl::StrCat(kActions, "ListAppelsAProjets"), request);
  if (!all.ok()) return DireErreur(all.status(), contexte);
  if (arguments.TexteOu("format", "table") == "json") {
    contexte.sortie << EcrireJson(*all);
    return kReussite;
  }
  Tableau table({{"Appel", false, true},
                 {"Libellé"},
                 {"Exercice", true},
                 {"Du"},
                 {"Au"},
                 {"État"},
                 {"Reste"}});
  for (const auto& appel : all->appels()) {
    table.Ajouter({std::string(types::DernierSegment(appel.name())), appel.libelle(),
                   absl::StrCat(appel.exercice()), DateFr(appel.date_ouverture()),
                   DateFr(DernierJour(appel)), LibelleEtat(appel), Reste(appel)});
  }
  if (table.vide()) {
    contexte.sortie << "Aucun appel à projets.\n";
  } else {
    contexte.sortie << table.Rendre(contexte.terminal_sortie);
  }
  return kReussite;
}

int Creer(const Arguments& arguments, Contexte& contexte) {
  v1::CreateAppelAProjetsRequest request;
  absl::Status read = LireFichierJson(arguments.Valeur("NOM"), request.mutable_appel());
  if (!read.ok()) return DireErreur(read, contexte);
  // The file names the appel: "appels/herault-2024".
  request.set_appel_id(std::string(types::DernierSegment(request.appel().name())));
  request.set_request_id(arguments.TexteOu("request-id", NouvelIdentifiantDeRequete()));
  request.set_validate_only(arguments.Drapeau("simulation"));
  Passerelle passerelle(arguments);
  auto appel =
      passerelle.Appeler<v1::AppelAProjets>(absl::StrCat(kActions, "CreateAppelAProjets"), request);
  if (!appel.ok()) return DireErreur(appel.status(), contexte);
  DireRessource(*appel, arguments, contexte);
  return kReussite;
}

}  // namespace

CommandeDeclaree DeclarationAppel() {
  CommandeDeclaree declaration{
      "appel",
      "Les appels à projets : lister, modele à remplir, creer, publier, clore, rouvrir.",
      {ArgumentVerbe({{"lister", "les appels, le plus récent d'abord (--exercice)"},
                      {"modele", "imprime un appel à remplir (--exercice)"},
                      {"creer", "l'écrit, d'un fichier JSON"}},
                     Verbes(), [](const Verbe& one) -> const Verbe& { return one; }),
       {"NOM", "l'appel (herault-2024), ou le fichier JSON qui le décrit", false, false, {}, {}}},
      {{"exercice", GenreOption::kEntier, "AAAA", "lister : un seul exercice", false, {}},
       {"jusquau", GenreOption::kTexte, "JOUR", "rouvrir : nouveau dernier jour", false, {}}},
      {}};
  for (OptionDeclaree& option : OptionsVerbe()) declaration.options.push_back(std::move(option));
  return declaration;
}

int ExecuterAppel(const Arguments& arguments, Contexte& contexte) {
  const std::string word = arguments.Valeur("VERBE");
  if (word == "lister") return Lister(arguments, contexte);
  if (word == "modele") return DireModeleAppel(arguments, contexte);
  if (arguments.Valeur("NOM").empty())
    return DireErreur(
        absl::InvalidArgumentError(absl::StrCat(
            "appel ", word, " : ", word == "creer" ? "FICHIER est attendu" : "NOM est attendu")),
        contexte);
  if (word == "creer") return Creer(arguments, contexte);
  for (const Verbe& verb : Verbes()) {
    if (verb.mot != word) continue;
    Passerelle passerelle(arguments);
    auto moved = Appliquer(passerelle, verb, NomComplet("appels", arguments.Valeur("NOM")),
                           arguments, [&](google::protobuf::Message* request) {
                             const auto day = arguments.Texte("jusquau");
                             auto* reopening = dynamic_cast<v1::RouvrirAppelRequest*>(request);
                             if (reopening == nullptr || !day) return absl::OkStatus();
                             return LireDate(*day, reopening->mutable_jusquau());
                           });
    if (!moved.ok()) return DireErreur(moved.status(), contexte);
    DireRessource(**moved, arguments, contexte);
  }
  return kReussite;
}

}  // namespace pdv::pdvctl
