#include "services/pdvctl/affichage/tableau.h"

#include <algorithm>
#include <cassert>
#include <numeric>
#include <utility>

#include "services/pdvctl/affichage/largeur.h"

namespace pdv::pdvctl {
namespace {

constexpr size_t kGouttiere = 2;
constexpr size_t kLargeurTexteMin = 8;

std::string Repeter(std::string_view motif, size_t fois) {
  std::string sortie;
  for (size_t i = 0; i < fois; ++i) sortie += motif;
  return sortie;
}

void OterBlancsFinaux(std::string& ligne) {
  while (!ligne.empty() && ligne.back() == ' ') ligne.pop_back();
}

}  // namespace

void Tableau::Ajouter(std::vector<std::string> cellules, std::optional<Style> style) {
  assert(cellules.size() <= colonnes_.size());
  cellules.resize(colonnes_.size());
  for (std::string& cellule : cellules) cellule = Assainir(cellule);
  lignes_.push_back({std::move(cellules), style});
}

void Tableau::Tracer() { lignes_.push_back({}); }

std::vector<size_t> Tableau::Largeurs(size_t disponible) const {
  std::vector<size_t> largeurs;  // none: the table does not fit
  for (const ColonneTableau& colonne : colonnes_) {
    largeurs.push_back(LargeurAffichee(colonne.titre));
  }
  for (const Ligne& ligne : lignes_) {
    for (size_t i = 0; i < ligne.cellules.size(); ++i) {
      largeurs[i] = std::max(largeurs[i], LargeurAffichee(ligne.cellules[i]));
    }
  }
  if (disponible == 0) return largeurs;
  const size_t gouttieres = kGouttiere * (colonnes_.size() - 1);
  size_t total = std::accumulate(largeurs.begin(), largeurs.end(), gouttieres);
  while (total > disponible) {
    size_t plus_large = colonnes_.size();
    for (size_t i = 0; i < colonnes_.size(); ++i) {
      const bool cede =
          !colonnes_[i].a_droite && !colonnes_[i].entiere && largeurs[i] > kLargeurTexteMin;
      if (cede && (plus_large == colonnes_.size() || largeurs[i] > largeurs[plus_large])) {
        plus_large = i;
      }
    }
    if (plus_large == colonnes_.size()) return {};  // only what is never cut is left
    --largeurs[plus_large];
    --total;
  }
  return largeurs;
}

// The first cell names the block; the others follow, under it, beside the title of their column.
std::string Tableau::EnBlocs(const Terminal& terminal) const {
  size_t titres = 0;
  for (const ColonneTableau& colonne : colonnes_)
    titres = std::max(titres, LargeurAffichee(colonne.titre));
  titres = std::min(titres, terminal.largeur / 2);
  const std::string marge(2 * kGouttiere + titres, ' ');
  std::string sortie;
  for (const Ligne& ligne : lignes_) {
    if (ligne.cellules.empty()) {
      sortie += Styler(Repeter("─", terminal.largeur), Style::kDiscret, terminal) + "\n";
      continue;
    }
    for (const std::string& partie : Plier(ligne.cellules[0], terminal.largeur))
      sortie += Styler(partie, ligne.style.value_or(Style::kTitre), terminal) + "\n";
    for (size_t i = 1; i < ligne.cellules.size(); ++i) {
      if (ligne.cellules[i].empty()) continue;
      std::string debut = std::string(kGouttiere, ' ') +
                          CompleterADroite(Tronquer(colonnes_[i].titre, titres), titres) +
                          std::string(kGouttiere, ' ');
      for (const std::string& partie :
           Plier(ligne.cellules[i], terminal.largeur - 2 * kGouttiere - titres)) {
        sortie += debut + partie + "\n";
        debut = marge;
      }
    }
  }
  return sortie;
}

std::string Tableau::Rendre(const Terminal& terminal) const {
  const auto largeurs = Largeurs(terminal.largeur);
  if (largeurs.empty()) return EnBlocs(terminal);
  const auto composer = [&](auto cellule_de, size_t nombre) {
    std::string sortie;
    for (size_t i = 0; i < nombre; ++i) {
      if (i > 0) sortie += std::string(kGouttiere, ' ');
      const std::string texte =
          colonnes_[i].a_droite ? cellule_de(i) : Tronquer(cellule_de(i), largeurs[i]);
      sortie += colonnes_[i].a_droite ? CompleterAGauche(texte, largeurs[i])
                                      : CompleterADroite(texte, largeurs[i]);
    }
    OterBlancsFinaux(sortie);
    return sortie;
  };
  const size_t total =
      std::accumulate(largeurs.begin(), largeurs.end(), kGouttiere * (colonnes_.size() - 1));
  const std::string filet = Styler(Repeter("─", total), Style::kDiscret, terminal) + "\n";
  std::string sortie =
      Styler(composer([&](size_t i) { return colonnes_[i].titre; }, colonnes_.size()),
             Style::kTitre, terminal) +
      "\n" + filet;
  for (const Ligne& ligne : lignes_) {
    if (ligne.cellules.empty()) {
      sortie += filet;
      continue;
    }
    const std::string texte =
        composer([&](size_t i) { return ligne.cellules[i]; }, colonnes_.size());
    sortie += (ligne.style ? Styler(texte, *ligne.style, terminal) : texte) + "\n";
  }
  return sortie;
}

}  // namespace pdv::pdvctl
