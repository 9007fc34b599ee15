#include "services/contrats/domain/geometrie.h"

#include <random>

#include "common/status/error.h"
#include "gtest/gtest.h"

namespace pdv::contrats {
namespace {

void AddRing(v1::Polygone* polygon, std::initializer_list<double> coordinates) {
  auto* ring = polygon->add_anneaux();
  for (double c : coordinates) ring->add_coordonnees(c);
}

v1::Contour Nomme(v1::Contour contour) {
  contour.set_name("contours/qn03401m");
  contour.set_qpv("qpv/qn03401m");
  return contour;
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
  for (auto [x, y] :
       {std::pair{0.0, 2.0}, {0.0, 0.0}, {4.0, 4.0}, {1.0, 2.0}, {3.0, 3.0}, {10.25, 10.5}})
    EXPECT_EQ(surface.Situer(PointDe(x, y)), Position::kSurLimite) << x << " " << y;
  EXPECT_EQ(surface.Situer(PointDe(-0.0000001, 2)), Position::kDehors);
  EXPECT_EQ(surface.Situer(PointDe(0.0000001, 2)), Position::kDedans);
}

TEST(SurfaceTest, InsideOnePolygonWinsOverTheBorderOfAnother) {
  v1::Contour contour;
  AddRing(contour.add_polygones(), {2, 0, 6, 0, 6, 4, 2, 4});
  AddRing(contour.add_polygones(), {0, 0, 4, 0, 4, 4, 0, 4});
  const Surface surface(contour);
  EXPECT_EQ(surface.Situer(PointDe(2, 2)), Position::kDedans);
  EXPECT_EQ(surface.Situer(PointDe(4, 2)), Position::kDedans);
  EXPECT_EQ(surface.Situer(PointDe(0, 2)), Position::kSurLimite);
}

TEST(SurfaceTest, ARingWithoutSurfaceIsABorderAndNoInside) {
  v1::Contour contour;
  AddRing(contour.add_polygones(), {0, 0, 2, 2, 1, 1, 0, 0});
  EXPECT_TRUE(VerifierContour(Nomme(contour)).ok());
  const Surface surface(contour);
  EXPECT_EQ(surface.Situer(PointDe(1, 1)), Position::kSurLimite);
  EXPECT_EQ(surface.Situer(PointDe(1, 0.5)), Position::kDehors);
}

TEST(SurfaceTest, ExactFromOneEndOfTheGlobeToTheOther) {
  v1::Contour contour;
  AddRing(contour.add_polygones(), {-180, -90, 180, -90, 180, 90});
  const Surface surface(contour);
  EXPECT_EQ(surface.Situer(PointDe(0, 0)), Position::kSurLimite);
  EXPECT_EQ(surface.Situer({1, 0}), Position::kDedans);
  EXPECT_EQ(surface.Situer({-1, 0}), Position::kDehors);
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

TEST(VerifierContourTest, NamesEveryFault) {
  v1::Contour contour = Nomme(SquareWithHoleAndIsland());
  EXPECT_TRUE(VerifierContour(contour).ok());
  contour.set_qpv("qpv/qn03402m");
  AddRing(contour.add_polygones(), {0, 0, 1, 1, 0, 0});
  AddRing(contour.mutable_polygones(2), {0, 0, 1, 1, 500, 2});
  AddRing(contour.mutable_polygones(2), {0, 0, 1, 1, 1, 0, 2});
  std::vector<std::string> faults;
  for (const auto& violation : status::ViolationsOf(VerifierContour(contour)))
    faults.push_back(violation.field + " " + violation.reason);
  EXPECT_EQ(faults, (std::vector<std::string>{"qpv CODE_INCOHERENT",
                                              "polygones[2].anneaux[0] CONTOUR_INVALIDE",
                                              "polygones[2].anneaux[1] CONTOUR_INVALIDE",
                                              "polygones[2].anneaux[2] CONTOUR_INVALIDE"}));
}

}  // namespace
}  // namespace pdv::contrats
