#include <algorithm>
#include <map>
#include <utility>

#include "services/pdvctl/affichage/largeur.h"
#include "services/pdvctl/affichage/nombres.h"
#include "services/pdvctl/affichage/tableau.h"
#include "services/pdvctl/rapport/rapport.h"

namespace pdv::pdvctl {
namespace {

constexpr size_t kLignesCitees = 5;
constexpr size_t kGroupesCites = 20;
constexpr size_t kValeurCitee = 40;

struct Groupe {
  std::string champ;
  std::string motif;
  int64_t nombre = 0;
  std::string exemple;
  std::vector<std::string> places;
};

std::string Place(int64_t ligne, const std::string& chemin, bool plusieurs_fichiers) {
  if (!plusieurs_fichiers) return EntierFr(ligne);
  return chemin.substr(chemin.find_last_of('/') + 1) + ":" + std::to_string(ligne);
}

std::string Phrase(const Groupe& groupe) {
  std::string phrase = EntierFr(groupe.nombre) + " × ";
  if (!groupe.champ.empty()) phrase += groupe.champ + " : ";
  phrase += groupe.motif;
  if (!groupe.exemple.empty()) {
    phrase += " (« " + Tronquer(Assainir(groupe.exemple), kValeurCitee) + " »";
    phrase += groupe.nombre > 1 ? " par exemple)" : ")";
  }
  phrase += groupe.places.size() > 1 ? ", lignes " : ", ligne ";
  for (size_t i = 0; i < groupe.places.size(); ++i)
    phrase += (i > 0 ? ", " : "") + groupe.places[i];
  return phrase + (groupe.nombre > static_cast<int64_t>(groupe.places.size()) ? "…" : "");
}

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

std::string RapportImport::Grouper(const std::vector<ConstatSitue>& liste, Style style,
                                   const Terminal& terminal) const {
  std::map<std::pair<std::string, std::string>, size_t> rangs;
  std::vector<Groupe> groupes;
  for (const auto& [fichier, constat] : liste) {
    const auto [trouve, nouveau] =
        rangs.try_emplace({constat.champ, constat.motif}, groupes.size());
    if (nouveau) groupes.push_back({constat.champ, constat.motif, 0, constat.valeur, {}});
    Groupe& groupe = groupes[trouve->second];
    ++groupe.nombre;
    if (groupe.places.size() < kLignesCitees) {
      const std::string chemin = fichiers_.empty() ? "" : fichiers_[fichier].chemin;
      groupe.places.push_back(Place(constat.ligne, chemin, fichiers_.size() > 1));
    }
  }
  std::stable_sort(groupes.begin(), groupes.end(),
                   [](const Groupe& a, const Groupe& b) { return a.nombre > b.nombre; });
  std::string sortie;
  for (size_t i = 0; i < std::min(groupes.size(), kGroupesCites); ++i) {
    sortie += "  " + Styler(Phrase(groupes[i]), style, terminal) + "\n";
  }
  if (groupes.size() > kGroupesCites) {
    sortie += "  et " +
              CompterFr(static_cast<int64_t>(groupes.size() - kGroupesCites), "autre motif",
                        "autres motifs") +
              " (tous dans --rapport=FICHIER.json)\n";
  }
  return sortie;
}

std::string RapportImport::EnTexte(const Terminal& terminal) const {
  std::string sortie =
      Styler("Import : " + type_ + (simulation_ ? " (simulation, rien n'est écrit)" : ""),
             Style::kTitre, terminal) +
      "\n";
  for (const FichierLu& fichier : fichiers_) sortie += TexteFichier(fichier, terminal);

  const std::pair<const char*, int64_t> comptes[] = {
      {"lues", lues_},
      {"créées", nombre(IssueLigne::kCreee)},
      {"mises à jour", nombre(IssueLigne::kMiseAJour)},
      {"inchangées", nombre(IssueLigne::kInchangee)},
      {"dont réparées", reparees_},
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
              Grouper(rejets_, Style::kAlerte, terminal);
  }
  if (!avertissements_.empty()) {
    sortie += Styler("Lignes réparées, avec avertissement", Style::kTitre, terminal) + "\n" +
              Grouper(avertissements_, Style::kAttention, terminal);
  }
  return sortie;
}

}  // namespace pdv::pdvctl
