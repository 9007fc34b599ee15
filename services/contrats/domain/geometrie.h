#ifndef PDV_SERVICES_CONTRATS_DOMAIN_GEOMETRIE_H_
#define PDV_SERVICES_CONTRATS_DOMAIN_GEOMETRIE_H_

#include <cstdint>
#include <vector>

#include "absl/status/status.h"
#include "pdv/contrats/v1/qpv.pb.h"

namespace pdv::contrats {

// A point in ten-millionths of a degree (about 1 cm). Integers, so that "on the border" is exact.
struct Point {
  int64_t x = 0;  // longitude
  int64_t y = 0;  // latitude
  bool operator==(const Point&) const = default;
};

Point PointDe(double longitude, double latitude);

// Where a point lies. In order: inside one polygon wins over the border of another.
enum class Position { kDehors, kSurLimite, kDedans };

// A ring without its closing point.
using Anneau = std::vector<Point>;

// Even-odd rule with exact arithmetic; a point on an edge or a corner is kSurLimite.
Position PositionDans(const Anneau& ring, Point point);

// A quartier's polygons, ready to be asked: outer ring first, then holes. Immutable after
// construction, thread-safe.
class Surface {
 public:
  explicit Surface(const v1::Contour& contour);
  // Outside every polygon, or in a hole: kDehors. On a border, a hole's included: kSurLimite.
  Position Situer(Point point) const;

 private:
  struct Polygone {
    Point least, most;  // bounding box
    std::vector<Anneau> rings;
  };
  std::vector<Polygone> polygons_;
};

// The contour is named after its quartier ("contours/qn03401m"), and made of closed rings of at
// least 3 points on the globe. Rounded data hold a few rings without any surface: they are borders
// and no inside, not errors. INVALID_ARGUMENT (CODE_INCOHERENT, CONTOUR_INVALIDE) with every fault.
absl::Status VerifierContour(const v1::Contour& contour);

}  // namespace pdv::contrats

#endif  // PDV_SERVICES_CONTRATS_DOMAIN_GEOMETRIE_H_
