#include <algorithm>
#include <array>
#include <cmath>

#include "absl/strings/str_cat.h"
#include "services/pdvctl/affichage/largeur.h"
#include "services/pdvctl/affichage/tableau.h"

namespace pdv::pdvctl {
namespace {

constexpr size_t kLargeurSansTerminal = 100;
constexpr size_t kBarreMin = 10;
constexpr size_t kLibelleMin = 12;
constexpr std::array<std::string_view, 8> kHuitiemes = {"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};

struct Echelle {
  double maximum = 0;
  size_t libelle = 0;  // columns of each part
  size_t barre = 0;
  std::vector<size_t> textes;
};

void Elargir(size_t place, const std::string& texte, std::vector<size_t>* largeurs) {
  if (largeurs->size() <= place) largeurs->resize(place + 1);
  (*largeurs)[place] = std::max((*largeurs)[place], LargeurAffichee(texte));
}

// The texts of a bar in their columns, each after its margin.
std::string Aligner(const std::vector<std::string>& textes, const std::vector<size_t>& largeurs) {
  std::string sortie;
  for (size_t i = 0; i < textes.size(); ++i)
    absl::StrAppend(&sortie, "  ", CompleterAGauche(textes[i], largeurs[i]));
  return sortie;
}

Echelle Mesurer(const std::vector<Barre>& barres, double maximum, const Terminal& terminal) {
  Echelle echelle;
  echelle.maximum = maximum;
  for (const Barre& barre : barres) {
    echelle.libelle = std::max(echelle.libelle, LargeurAffichee(Assainir(barre.libelle)));
    for (size_t i = 0; i < barre.textes.size(); ++i) Elargir(i, barre.textes[i], &echelle.textes);
    if (maximum == 0) {
      echelle.maximum = std::max({echelle.maximum, barre.valeur, barre.repere.value_or(0)});
    }
  }
  const size_t total = terminal.largeur == 0 ? kLargeurSansTerminal : terminal.largeur;
  size_t pris = 2;  // and each text after its margin
  for (const size_t texte : echelle.textes) pris += texte + 2;
  const size_t reste = total > pris + kBarreMin ? total - pris - kBarreMin : 0;
  echelle.libelle = std::min({echelle.libelle, total / 3, std::max(reste, kLibelleMin)});
  pris += echelle.libelle;
  echelle.barre = total > pris + kBarreMin ? total - pris : kBarreMin;
  return echelle;
}

// One text per column of the bar.
std::string Dessiner(const Barre& barre, const Echelle& echelle) {
  std::vector<std::string_view> colonnes(echelle.barre, " ");
  if (echelle.maximum > 0) {
    const auto a_l_echelle = [&](double valeur) {
      return std::clamp(valeur / echelle.maximum, 0.0, 1.0) * static_cast<double>(echelle.barre);
    };
    const auto huitiemes = static_cast<size_t>(std::lround(a_l_echelle(barre.valeur) * 8));
    std::fill_n(colonnes.begin(), huitiemes / 8, "█");
    if (huitiemes % 8 > 0) colonnes[huitiemes / 8] = kHuitiemes[huitiemes % 8];
    if (barre.repere) {
      const auto place = static_cast<size_t>(a_l_echelle(*barre.repere));
      colonnes[std::min(place, echelle.barre - 1)] = "┊";
    }
  }
  std::string sortie;
  for (const std::string_view colonne : colonnes) sortie += colonne;
  return sortie;
}

}  // namespace

std::string RendreBarres(const std::vector<Barre>& barres, double maximum,
                         const Terminal& terminal) {
  const Echelle echelle = Mesurer(barres, maximum, terminal);
  std::string sortie;
  for (const Barre& barre : barres) {
    const std::string libelle = Tronquer(Assainir(barre.libelle), echelle.libelle);
    const std::string dessin = Dessiner(barre, echelle);
    sortie += CompleterADroite(libelle, echelle.libelle) + "  " +
              (barre.style ? Styler(dessin, *barre.style, terminal) : dessin) +
              Aligner(barre.textes, echelle.textes) + "\n";
  }
  return sortie;
}

}  // namespace pdv::pdvctl
