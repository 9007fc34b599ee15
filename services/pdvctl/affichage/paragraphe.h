#ifndef PDV_SERVICES_PDVCTL_AFFICHAGE_PARAGRAPHE_H_
#define PDV_SERVICES_PDVCTL_AFFICHAGE_PARAGRAPHE_H_

#include <cstddef>
#include <string>
#include <string_view>

#include "services/pdvctl/affichage/terminal.h"

namespace pdv::pdvctl {

// A sentence folded by words in the width of the terminal, each line `marge` columns from the left
// and ended by '\n'. Pure.
std::string Paragraphe(std::string_view texte, const Terminal& terminal, size_t marge = 0);

}  // namespace pdv::pdvctl

#endif  // PDV_SERVICES_PDVCTL_AFFICHAGE_PARAGRAPHE_H_
