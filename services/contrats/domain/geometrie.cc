#include "services/contrats/domain/geometrie.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "absl/strings/str_cat.h"
#include "common/status/error.h"

namespace pdv::contrats {
namespace {

// Products of two differences of coordinates reach 6.5e18: their difference needs more than 64
// bits.
__extension__ typedef __int128 Wide;

// On which side of a→b lies p: -1, 0 (in line), 1.
int Cross(Point a, Point b, Point p) {
  const Wide cross =
      static_cast<Wide>(b.x - a.x) * (p.y - a.y) - static_cast<Wide>(b.y - a.y) * (p.x - a.x);
  return cross == 0 ? 0 : cross > 0 ? 1 : -1;
}

bool Between(int64_t a, int64_t b, int64_t v) { return std::min(a, b) <= v && v <= std::max(a, b); }

Anneau Lire(const v1::Anneau& ring) {
  Anneau points;
  for (int i = 0; i + 1 < ring.coordonnees_size(); i += 2)
    points.push_back(PointDe(ring.coordonnees(i), ring.coordonnees(i + 1)));
  if (points.size() > 1 && points.front() == points.back()) points.pop_back();
  return points;
}

}  // namespace

Point PointDe(double longitude, double latitude) {
  return {std::llround(longitude * 1e7), std::llround(latitude * 1e7)};
}

Position PositionDans(const Anneau& ring, Point p) {
  bool inside = false;
  for (size_t i = 0, j = ring.size() - 1; i < ring.size(); j = i++) {
    const Point a = ring[j], b = ring[i];
    const int cross = Cross(a, b, p);
    if (cross == 0 && Between(a.x, b.x, p.x) && Between(a.y, b.y, p.y)) return Position::kSurLimite;
    // The edge crosses the horizontal half-line to the right of p.
    if ((a.y > p.y) != (b.y > p.y) && (cross > 0) == (b.y > a.y)) inside = !inside;
  }
  return inside ? Position::kDedans : Position::kDehors;
}

namespace {

// Inside the outer ring and outside the holes; on any of them, on the border.
Position SituerDans(const std::vector<Anneau>& rings, Point p) {
  const Position outer = PositionDans(rings[0], p);
  if (outer != Position::kDedans) return outer;
  for (size_t i = 1; i < rings.size(); ++i) {
    const Position hole = PositionDans(rings[i], p);
    if (hole != Position::kDehors)
      return hole == Position::kSurLimite ? Position::kSurLimite : Position::kDehors;
  }
  return Position::kDedans;
}

}  // namespace

Surface::Surface(const v1::Contour& contour) {
  constexpr int64_t kFar = std::numeric_limits<int64_t>::max();
  for (const v1::Polygone& given : contour.polygones()) {
    Polygone polygon{{kFar, kFar}, {-kFar, -kFar}, {}};
    for (const v1::Anneau& ring : given.anneaux()) {
      Anneau points = Lire(ring);
      if (points.size() < 3) {
        if (polygon.rings.empty()) break;  // no outline: no polygon
        continue;
      }
      for (Point p : points) {
        polygon.least = {std::min(polygon.least.x, p.x), std::min(polygon.least.y, p.y)};
        polygon.most = {std::max(polygon.most.x, p.x), std::max(polygon.most.y, p.y)};
      }
      polygon.rings.push_back(std::move(points));
    }
    if (!polygon.rings.empty()) polygons_.push_back(std::move(polygon));
  }
}

Position Surface::Situer(Point p) const {
  Position best = Position::kDehors;
  for (const Polygone& polygon : polygons_) {
    if (p.x < polygon.least.x || p.x > polygon.most.x || p.y < polygon.least.y ||
        p.y > polygon.most.y)
      continue;
    best = std::max(best, SituerDans(polygon.rings, p));
  }
  return best;
}

absl::Status VerifierContour(const v1::Contour& contour) {
  std::vector<status::Violation> violations;
  if (contour.name() !=
      absl::StrCat("contours/", contour.qpv().substr(contour.qpv().find('/') + 1)))
    violations.push_back(
        {"qpv", "CODE_INCOHERENT",
         absl::StrCat("« ", contour.name(), " » n'est pas le contour de ", contour.qpv(), ".")});
  for (int i = 0; i < contour.polygones_size(); ++i) {
    for (int j = 0; j < contour.polygones(i).anneaux_size(); ++j) {
      const v1::Anneau& ring = contour.polygones(i).anneaux(j);
      bool on_globe = ring.coordonnees_size() % 2 == 0;
      for (int k = 0; on_globe && k + 1 < ring.coordonnees_size(); k += 2) {
        on_globe = std::abs(ring.coordonnees(k)) <= 180 && std::abs(ring.coordonnees(k + 1)) <= 90;
      }
      if (on_globe && Lire(ring).size() >= 3) continue;
      violations.push_back({absl::StrCat("polygones[", i, "].anneaux[", j, "]"), "CONTOUR_INVALIDE",
                            "Un anneau a au moins 3 points, en longitude et latitude WGS 84."});
    }
  }
  return violations.empty() ? absl::OkStatus() : status::InvalidRequest(std::move(violations));
}

}  // namespace pdv::contrats
