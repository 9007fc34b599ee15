#include "services/pdvctl/affichage/paragraphe.h"

#include "services/pdvctl/affichage/largeur.h"

namespace pdv::pdvctl {

std::string Paragraphe(std::string_view texte, const Terminal& terminal, size_t marge) {
  std::string sortie;
  for (const std::string& ligne :
       Plier(texte, terminal.largeur == 0 ? 0 : terminal.largeur - marge))
    sortie += std::string(marge, ' ') + ligne + "\n";
  return sortie;
}

}  // namespace pdv::pdvctl
