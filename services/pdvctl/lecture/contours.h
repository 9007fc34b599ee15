#ifndef PDV_SERVICES_PDVCTL_LECTURE_CONTOURS_H_
#define PDV_SERVICES_PDVCTL_LECTURE_CONTOURS_H_

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

namespace pdv::pdvctl {

// WGS 84, decimal degrees.
struct Sommet {
  double longitude = 0;
  double latitude = 0;
};
using Anneau = std::vector<Sommet>;
// First ring: the outline; the others: holes.
using Polygone = std::vector<Anneau>;

struct ContourQpv {
  std::string code;
  std::string libelle;
  std::vector<std::string> communes;  // INSEE codes
  std::vector<Polygone> polygones;
  std::string motif;  // French; not empty where this outline is refused
};

// The outlines of the QPV of 2024: {"qpvs": [{code, label, insee, g}]}, `g` being the coordinates
// of a GeoJSON MultiPolygon. A ring that is not closed, has fewer than four positions or leaves the
// globe refuses its QPV alone. INVALID_ARGUMENT (French) where the document is something else.
// Thread-safe.
absl::StatusOr<std::vector<ContourQpv>> LireContours(std::string_view texte);

}  // namespace pdv::pdvctl

#endif  // PDV_SERVICES_PDVCTL_LECTURE_CONTOURS_H_
