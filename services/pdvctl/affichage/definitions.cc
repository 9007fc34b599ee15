#include "services/pdvctl/affichage/definitions.h"

#include <algorithm>

#include "services/pdvctl/affichage/largeur.h"

namespace pdv::pdvctl {
namespace {

constexpr size_t kMarge = 2;

}  // namespace

std::string RendreDefinitions(const std::vector<Definition>& definitions, size_t largeur) {
  // In a narrow terminal one long option must not take the room of all the meanings.
  const size_t limite = largeur == 0 ? std::string::npos : largeur / 3;
  size_t colonne = 0;
  for (const Definition& one : definitions) {
    const size_t propre = LargeurAffichee(one.mot);
    if (propre <= limite) colonne = std::max(colonne, propre);
  }
  const std::string marge(colonne + 2 * kMarge, ' ');
  std::string sortie;
  for (const Definition& one : definitions) {
    std::string debut = std::string(kMarge, ' ') + CompleterADroite(one.mot, colonne);
    if (LargeurAffichee(one.mot) > colonne) {
      sortie += debut + "\n";
      debut = marge;
    } else {
      debut += std::string(kMarge, ' ');
    }
    for (const std::string& ligne : Plier(one.sens, largeur == 0 ? 0 : largeur - marge.size())) {
      sortie += debut + ligne + "\n";
      debut = marge;
    }
  }
  return sortie;
}

std::string PlierLignes(std::string_view texte, size_t largeur) {
  std::string sortie;
  for (const std::string& ligne : Plier(texte, largeur)) sortie += ligne + "\n";
  return sortie;
}

}  // namespace pdv::pdvctl
