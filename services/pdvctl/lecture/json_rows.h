#ifndef PDV_SERVICES_PDVCTL_LECTURE_JSON_ROWS_H_
#define PDV_SERVICES_PDVCTL_LECTURE_JSON_ROWS_H_

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"

namespace pdv::pdvctl {

// A JSON value that is not a structure. A number keeps the text it has in the file: "19875.06"
// never goes through a double, so that cents stay exact.
struct CelluleJson {
  enum class Genre { kNul, kTexte, kNombre, kBooleen };
  Genre genre = Genre::kNul;
  std::string texte;  // "" for null, "true"/"false" for a boolean
};

// One object of the array. `motif` (French) is not empty where the object is refused as a whole: a
// nested value, a key given twice, an element that is no object.
struct LigneJson {
  int64_t rang = 0;  // from 1: these files are one long line, so the rank stands for the line
  std::vector<std::pair<std::string, CelluleJson>> champs;  // in the order of the file
  std::string motif;

  // Null where the field is absent, which is not the same as a null value.
  const CelluleJson* Trouver(std::string_view nom) const;
};

// Called once per object; a status that is not OK stops the reading and becomes its result.
using RecevoirLigneJson = std::function<absl::Status(LigneJson)>;

// Reads an array of flat objects, one object in memory at a time. INVALID_ARGUMENT (French, with
// line and column) where `texte` is not JSON or not an array; objects already received stay so.
// `texte` is valid UTF-8. Thread-safe.
absl::Status LireJson(std::string_view texte, const RecevoirLigneJson& recevoir);

}  // namespace pdv::pdvctl

#endif  // PDV_SERVICES_PDVCTL_LECTURE_JSON_ROWS_H_
