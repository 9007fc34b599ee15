#include "services/contrats/domain/geometrie.h"

#include <random>

#include "gtest/gtest.h"

namespace pdv::contrats {
namespace {

void AddRing(v1::Polygone* polygon, std::initializer_list<double> coordinates) {
  auto* ring = polygon->add_anneaux();
  for (double c : coordinates) ring->add_coordonnees(c);
}

// A square of side 4 with a square hole of side 2, and an island in another polygon.
v1::Contour SquareWithHoleAndIsland() {
  v1::Contour contour;
  auto* square = contour.add_polygones();
  AddRing(square, {0, 0, 4, 0, 4, 4, 0, 4, 0, 0});
  AddRing(square, {1, 1, 1, 3, 3, 3, 3, 1});
  AddRing(contour.add_polygones(), {10, 10, 11, 10, 10.5, 11});
  return contour;
}

TEST(SurfaceTest, InsideOutsideHoleAndIsland) {
  const Surface surface(SquareWithHoleAndIsland());
  EXPECT_EQ(surface.Situer(PointDe(0.5, 0.5)), Position::kDedans);
  EXPECT_EQ(surface.Situer(PointDe(2, 2)), Position::kDehors);
  EXPECT_EQ(surface.Situer(PointDe(5, 2)), Position::kDehors);
  EXPECT_EQ(surface.Situer(PointDe(10.5, 10.5)), Position::kDedans);
}

TEST(SurfaceTest, BordersCornersAndHoleBordersAreTold) {
  const Surface surface(SquareWithHoleAndIsland());
  for (auto [x, y] : {std::pair{0.0, 2.0}, {0.0, 0.0}, {4.0, 4.0}, {1.0, 2.0}, {3.0, 3.0},
                      {10.25, 10.5}})
    EXPECT_EQ(surface.Situer(PointDe(x, y)), Position::kSurLimite) << x << " " << y;
  EXPECT_EQ(surface.Situer(PointDe(-0.0000001, 2)), Position::kDehors);
  EXPECT_EQ(surface.Situer(PointDe(0.0000001, 2)), Position::kDedans);
}

TEST(SurfaceTest, AHalfLineThroughACornerCountsOnce) {
  v1::Contour diamond;
  AddRing(diamond.add_polygones(), {0, -1, 1, 0, 0, 1, -1, 0});
  const Surface surface(diamond);
  EXPECT_EQ(surface.Situer(PointDe(-0.5, 0)), Position::kDedans);
  EXPECT_EQ(surface.Situer(PointDe(-2, 0)), Position::kDehors);
}

TEST(SurfaceTest, OrientationOfTheRingDoesNotMatter) {
  v1::Contour clockwise, counter;
  AddRing(clockwise.add_polygones(), {0, 0, 0, 3, 3, 3, 3, 0});
  AddRing(counter.add_polygones(), {0, 0, 3, 0, 3, 3, 0, 3});
  const Surface a(clockwise), b(counter);
  std::mt19937 random(3);
  for (int i = 0; i < 2000; ++i) {
    const Point p{static_cast<int64_t>(random() % 50'000'000) - 10'000'000,
                  static_cast<int64_t>(random() % 50'000'000) - 10'000'000};
    EXPECT_EQ(a.Situer(p), b.Situer(p));
  }
}

TEST(VerifierContourTest, NamesEveryRingAtFault) {
  v1::Contour contour = SquareWithHoleAndIsland();
  EXPECT_TRUE(VerifierContour(contour).ok());
  AddRing(contour.add_polygones(), {0, 0, 1, 1, 0, 0});
  AddRing(contour.mutable_polygones(2), {0, 0, 1, 1, 500, 2});
  const absl::Status status = VerifierContour(contour);
  EXPECT_FALSE(status.ok());
}

}  // namespace
}  // namespace pdv::contrats
