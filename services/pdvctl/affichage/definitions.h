#ifndef PDV_SERVICES_PDVCTL_AFFICHAGE_DEFINITIONS_H_
#define PDV_SERVICES_PDVCTL_AFFICHAGE_DEFINITIONS_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace pdv::pdvctl {

// A word and what it means.
struct Definition {
  std::string mot;
  std::string sens;
};

// Words at the left, their meaning beside them, folded under itself at `largeur` columns (0:
// never). A word too long for its column has a line of its own. Lines end with '\n'. Pure.
std::string RendreDefinitions(const std::vector<Definition>& definitions, size_t largeur);

// A paragraph folded at `largeur` columns (0: one line), ended by '\n'.
std::string PlierLignes(std::string_view texte, size_t largeur);

}  // namespace pdv::pdvctl

#endif  // PDV_SERVICES_PDVCTL_AFFICHAGE_DEFINITIONS_H_
