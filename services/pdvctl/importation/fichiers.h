#ifndef PDV_SERVICES_PDVCTL_IMPORTATION_FICHIERS_H_
#define PDV_SERVICES_PDVCTL_IMPORTATION_FICHIERS_H_

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "services/pdvctl/importation/lot.h"

namespace pdv::pdvctl {

// One row of a file, by normalised column name. An absent column reads as "".
struct Champs {
  int64_t ligne = 0;
  std::map<std::string, std::string, std::less<>> valeurs;
  const std::string& operator[](std::string_view nom) const;
};

// Looks at the header of a CSV file before its rows: why the file cannot be read, or "".
using Entete = std::function<std::string(const std::vector<std::string>& colonnes)>;
// Turns a row into what is sent; it may join the row to an earlier one.
using Traduire = std::function<Rangee(const Champs&)>;

// Reads a CSV file or a JSON array of flat objects (by its content) row by row. Rows that cannot be
// read are refused with their reason; a damaged cell is a refusal, never a guess. Fills `lu`.
std::vector<Rangee> LireRangees(const std::string& chemin, const Traduire& traduire, FichierLu* lu,
                                const Entete& entete = nullptr);

}  // namespace pdv::pdvctl

#endif  // PDV_SERVICES_PDVCTL_IMPORTATION_FICHIERS_H_
