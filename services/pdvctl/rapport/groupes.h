#ifndef PDV_SERVICES_PDVCTL_RAPPORT_GROUPES_H_
#define PDV_SERVICES_PDVCTL_RAPPORT_GROUPES_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "services/pdvctl/affichage/terminal.h"

namespace pdv::pdvctl {

// Why a row, or one of its cells, was refused or accepted with a warning.
struct Constat {
  int64_t ligne = 0;    // from 1 in its file; the rank of the object in a JSON file
  int64_t colonne = 0;  // rank of the cell from 1, 0: the row as a whole
  std::string champ;    // name of the column, "" for the row as a whole
  std::string valeur;   // what stands there
  std::string motif;    // French, without the value, so that equal reasons can be counted together
};

// A finding and the rank of its file.
struct ConstatSitue {
  size_t fichier = 0;
  Constat constat;
};

// One line per reason, the most frequent first: how many, an example, the first places ("a.csv:2"
// where there are several files). Beyond 20 reasons, only their number. Lines end with '\n'.
std::string RendreGroupes(const std::vector<ConstatSitue>& constats,
                          const std::vector<std::string>& fichiers, Style style,
                          const Terminal& terminal);

}  // namespace pdv::pdvctl

#endif  // PDV_SERVICES_PDVCTL_RAPPORT_GROUPES_H_
