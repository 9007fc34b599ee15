// The geometry of QuartierAt on the 75 real contours of Seine-Saint-Denis, which are not copied
// into the project. The expected counts were computed apart, with integers of any size.
#include <fstream>
#include <map>
#include <sstream>
#include <string>

#include "common/types/donnees_test.h"
#include "google/protobuf/struct.pb.h"
#include "google/protobuf/util/json_util.h"
#include "gtest/gtest.h"
#include "services/contrats/domain/geometrie.h"

namespace pdv::contrats {
namespace {

using google::protobuf::ListValue;

v1::Contour LireContour(const ListValue& multipolygon) {
  v1::Contour contour;
  for (const auto& polygon : multipolygon.values()) {
    auto* polygone = contour.add_polygones();
    for (const auto& ring : polygon.list_value().values()) {
      auto* anneau = polygone->add_anneaux();
      for (const auto& point : ring.list_value().values()) {
        anneau->add_coordonnees(point.list_value().values(0).number_value());
        anneau->add_coordonnees(point.list_value().values(1).number_value());
      }
    }
  }
  return contour;
}

class ContoursReelsTest : public ::testing::Test {
 protected:
  void SetUp() override {
    PDV_EXIGER_DONNEES();
    std::ifstream file(types::DossierDonnees() / "01_qpv/derive_qpv_2024_dep93.geojson");
    std::stringstream text;
    text << file.rdbuf();
    google::protobuf::Struct json;
    ASSERT_TRUE(google::protobuf::util::JsonStringToMessage(text.str(), &json).ok());
    for (const auto& feature : json.fields().at("features").list_value().values()) {
      const auto& fields = feature.struct_value().fields();
      const std::string code =
          fields.at("properties").struct_value().fields().at("code_qp").string_value();
      contours_[code] =
          LireContour(fields.at("geometry").struct_value().fields().at("coordinates").list_value());
    }
  }

  std::map<std::string, v1::Contour> contours_;
};

TEST_F(ContoursReelsTest, EveryCornerIsOnTheBorderOfItsQuartier) {
  ASSERT_EQ(contours_.size(), 75u);
  int corners = 0;
  for (const auto& [code, contour] : contours_) {
    const Surface surface(contour);
    for (const auto& ring : contour.polygones(0).anneaux()) {
      for (int i = 0; i + 1 < ring.coordonnees_size(); i += 2, ++corners) {
        EXPECT_EQ(surface.Situer(PointDe(ring.coordonnees(i), ring.coordonnees(i + 1))),
                  Position::kSurLimite)
            << code << " " << i;
      }
    }
  }
  EXPECT_EQ(corners, 7776);
}

TEST_F(ContoursReelsTest, TheMiddleOfEveryEdgeIsOnTheBorder) {
  for (const auto& [code, contour] : contours_) {
    const Surface surface(contour);
    const auto& ring = contour.polygones(0).anneaux(0);
    for (int i = 0; i + 3 < ring.coordonnees_size(); i += 2) {
      const Point a = PointDe(ring.coordonnees(i), ring.coordonnees(i + 1));
      const Point b = PointDe(ring.coordonnees(i + 2), ring.coordonnees(i + 3));
      // The data are rounded to 1e-4 degree: the middle is exact.
      EXPECT_EQ(surface.Situer({(a.x + b.x) / 2, (a.y + b.y) / 2}), Position::kSurLimite) << code;
    }
  }
}

TEST_F(ContoursReelsTest, TheCentresOfTheListLieWhereTheyShould) {
  std::map<Position, int> found;
  for (const auto& row : types::LireDonnees("01_qpv/derive_qpv_2024_liste.csv", ';')) {
    const auto contour = contours_.find(row[0]);
    if (contour == contours_.end()) continue;
    ++found[Surface(contour->second).Situer(PointDe(std::stod(row[8]), std::stod(row[9])))];
  }
  // The centre of a concave quartier may lie outside it.
  EXPECT_EQ(found[Position::kDedans], 61);
  EXPECT_EQ(found[Position::kSurLimite], 1);
  EXPECT_EQ(found[Position::kDehors], 13);
}

TEST_F(ContoursReelsTest, AGridOverTheDepartementMeetsTheSameQuartiers) {
  int met = 0;
  for (int i = 0; i < 60; ++i) {
    for (int j = 0; j < 40; ++j) {
      const Point point{22'900'000 + i * 50'000, 488'100'000 + j * 50'000};
      for (const auto& [code, contour] : contours_)
        met += Surface(contour).Situer(point) != Position::kDehors;
    }
  }
  EXPECT_EQ(met, 182);
}

TEST_F(ContoursReelsTest, ASharedCornerBelongsToBothNeighbours) {
  const Point corner = PointDe(2.4149, 48.9205);
  for (const char* code : {"QN09304M", "QN09328M"})
    EXPECT_EQ(Surface(contours_.at(code)).Situer(corner), Position::kSurLimite) << code;
}

}  // namespace
}  // namespace pdv::contrats
