#include <algorithm>
#include <utility>

#include "services/pdvctl/affichage/largeur.h"
#include "services/pdvctl/affichage/nombres.h"
#include "services/pdvctl/rapport/rapport.h"

namespace pdv::pdvctl {
namespace {

std::string TexteFichier(const FichierLu& fichier, const Terminal& terminal) {
  std::string details = fichier.encodage;
  if (!fichier.separateur.empty()) {
    details += ", séparateur « " +
               (fichier.separateur == "\t" ? std::string("tabulation") : fichier.separateur) + " »";
  }
  std::string sortie = "  " + Assainir(fichier.chemin);
  if (!details.empty()) sortie += " (" + details + ")";
  sortie += "\n";
  for (const std::string& avertissement : fichier.avertissements) {
    sortie += "    " + Styler("attention : " + avertissement, Style::kAttention, terminal) + "\n";
  }
  if (!fichier.illisible.empty()) {
    sortie += "    " + Styler("illisible : " + fichier.illisible, Style::kAlerte, terminal) + "\n";
  }
  return sortie;
}

}  // namespace

std::string RapportImport::EnTexte(const Terminal& terminal) const {
  std::string sortie =
      Styler("Import : " + type_ + (simulation_ ? " (simulation, rien n'est écrit)" : ""),
             Style::kTitre, terminal) +
      "\n";
  std::vector<std::string> chemins;
  for (const FichierLu& fichier : fichiers_) {
    sortie += TexteFichier(fichier, terminal);
    chemins.push_back(fichier.chemin);
  }

  const std::pair<const char*, int64_t> comptes[] = {
      {"lues", lues_},
      {"créées", nombre(IssueLigne::kCreee)},
      {"mises à jour", nombre(IssueLigne::kMiseAJour)},
      {"inchangées", nombre(IssueLigne::kInchangee)},
      {"avec avertissement", reparees_},
      {"rejetées", nombre(IssueLigne::kRejetee)}};
  size_t largeur = 0;
  for (const auto& [libelle, n] : comptes) largeur = std::max(largeur, LargeurAffichee(libelle));
  for (const auto& [libelle, n] : totaux_) largeur = std::max(largeur, LargeurAffichee(libelle));
  for (const auto& [libelle, n] : comptes) {
    sortie +=
        "  " + CompleterADroite(libelle, largeur) + "  " + CompleterAGauche(EntierFr(n), 18) + "\n";
  }
  for (const auto& [libelle, centimes] : totaux_) {
    sortie += "  " + CompleterADroite(libelle, largeur) + "  " +
              CompleterAGauche(EurosFr(centimes), 20) + "\n";
  }
  if (!rejets_.empty()) {
    sortie += Styler("Lignes rejetées", Style::kTitre, terminal) + "\n" +
              RendreGroupes(rejets_, chemins, Style::kAlerte, terminal);
  }
  if (!avertissements_.empty()) {
    sortie += Styler("Lignes avec avertissement", Style::kTitre, terminal) + "\n" +
              RendreGroupes(avertissements_, chemins, Style::kAttention, terminal);
  }
  return sortie;
}

}  // namespace pdv::pdvctl
