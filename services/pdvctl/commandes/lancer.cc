#include <algorithm>

#include "absl/strings/str_cat.h"
#include "services/pdvctl/affichage/definitions.h"
#include "services/pdvctl/affichage/largeur.h"
#include "services/pdvctl/commandes/commande.h"

namespace pdv::pdvctl {
namespace {

constexpr const char* kProgramme = "pdvctl";
constexpr const char* kVersion = "0.1.0";  // follows project(pdv VERSION …)

bool DemandeAide(const std::string& mot) {
  return mot == "--aide" || mot == "--help" || mot == "-h";
}

const Commande* Trouver(const std::vector<Commande>& commandes, const std::string& nom) {
  const auto trouvee = std::find_if(commandes.begin(), commandes.end(),
                                    [&](const Commande& c) { return c.declaration.nom == nom; });
  return trouvee == commandes.end() ? nullptr : &*trouvee;
}

std::string UsageGeneral(const std::vector<Commande>& commandes, size_t largeur) {
  std::vector<Definition> lignes;
  for (const Commande& commande : commandes)
    lignes.push_back({commande.declaration.nom, commande.declaration.resume});
  lignes.push_back({"aide", "Explique une commande : pdvctl aide <commande>."});
  lignes.push_back({"version", "Dit la version de pdvctl."});
  return absl::StrCat(
      "pdvctl, le client en ligne de commande de la politique de la ville.\n\n"
      "Usage : pdvctl <commande> [arguments] [--option[=valeur]]\n\n",
      RendreDefinitions(lignes, largeur), "\n",
      PlierLignes(
          "Environnement : PDV_PASSERELLE, PDV_ROLE, PDV_ORGANISATION et PDV_ACTEUR tiennent "
          "lieu de --gateway, --role, --organisation et --acteur. PDV_POSITIONS : dossier où "
          "une commande note ce qu'elle a écrit, pour que la suivante le lise "
          "(~/.local/state/pdvctl/positions sinon ; « non » : rien n'est noté).",
          largeur));
}

int RefuserCommande(const std::string& nom, const std::vector<Commande>& commandes,
                    Contexte& contexte) {
  std::vector<std::string> connues = {"aide", "version"};
  for (const Commande& commande : commandes) connues.push_back(commande.declaration.nom);
  const std::string proche = PlusProche(nom, connues);
  contexte.erreurs << kProgramme << " : commande inconnue « " << Assainir(nom) << " »"
                   << (proche.empty() ? "" : " : vouliez-vous dire « " + proche + " » ?")
                   << "\nTaper « pdvctl aide » pour la liste des commandes.\n";
  return kEchec;
}

int Aider(const std::vector<std::string>& mots, const std::vector<Commande>& commandes,
          Contexte& contexte) {
  if (mots.empty()) {
    contexte.sortie << UsageGeneral(commandes, contexte.terminal_sortie.largeur);
    return kReussite;
  }
  const Commande* commande = Trouver(commandes, mots[0]);
  if (commande == nullptr) return RefuserCommande(mots[0], commandes, contexte);
  contexte.sortie << Usage(kProgramme, commande->declaration, contexte.terminal_sortie.largeur);
  return kReussite;
}

}  // namespace

int Lancer(const std::vector<std::string>& mots, const std::vector<Commande>& commandes,
           Contexte& contexte) {
  if (mots.empty()) {
    contexte.erreurs << UsageGeneral(commandes, contexte.terminal_erreurs.largeur);
    return kEchec;
  }
  const std::string& nom = mots[0];
  const std::vector<std::string> reste(mots.begin() + 1, mots.end());
  if (nom == "aide" || DemandeAide(nom)) return Aider(reste, commandes, contexte);
  if (nom == "version" || nom == "--version") {
    contexte.sortie << kProgramme << " " << kVersion << "\n";
    return kReussite;
  }
  const Commande* commande = Trouver(commandes, nom);
  if (commande == nullptr) return RefuserCommande(nom, commandes, contexte);
  const auto fin_des_options = std::find(reste.begin(), reste.end(), "--");
  if (std::any_of(reste.begin(), fin_des_options, DemandeAide)) {
    return Aider({nom}, commandes, contexte);
  }
  const auto arguments = Analyser(commande->declaration, reste);
  if (!arguments.ok()) {
    contexte.erreurs << kProgramme << " " << nom << " :\n"
                     << std::string(arguments.status().message()) << "\nTaper « pdvctl aide " << nom
                     << " » pour l'usage.\n";
    return kEchec;
  }
  contexte.json = arguments->TexteOu("format", "") == "json";
  return commande->executer(*arguments, contexte);
}

}  // namespace pdv::pdvctl
