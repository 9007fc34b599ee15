#include "services/contrats/api/banc_pgtest.h"
#include "services/contrats/domain/dates.h"
#include "services/contrats/store/quartiers.h"

namespace pdv::contrats {
namespace {

class QuartiersTest : public Banc {
 protected:
  QuartiersTest() { PoserTerritoires(); }

  // A square of side 1 whose lower left corner is (x, y), with a hole of side 0.5 if asked.
  void Tracer(const char* id, double x, double y, bool trou = false) {
    v1::ImporterContoursRequest request;
    auto* contour = request.add_contours();
    contour->set_name(std::string("contours/") + id);
    contour->set_qpv(std::string("qpv/") + id);
    auto* polygon = contour->add_polygones();
    auto* outline = polygon->add_anneaux();
    for (double c : {x, y, x + 1, y, x + 1, y + 1, x, y + 1}) outline->add_coordonnees(c);
    if (trou) {
      auto* hole = polygon->add_anneaux();
      for (double c : {x + .25, y + .25, x + .75, y + .25, x + .75, y + .75, x + .25, y + .75})
        hole->add_coordonnees(c);
    }
    const auto report = Importer<v1::ImporterContoursRequest>("ImporterContours", {request});
    EXPECT_EQ(report.rejetes(), 0) << report.ShortDebugString();
  }
  void Dater(const char* id, types::Date du, types::Date au) {
    v1::UpdateQpvRequest request;
    request.mutable_qpv()->set_name(std::string("qpv/") + id);
    *request.mutable_qpv()->mutable_valide_du() = EnMessage(du);
    *request.mutable_qpv()->mutable_valide_au() = EnMessage(au);
    auto updated = Appeler<v1::Qpv>("UpdateQpv", request);
    EXPECT_TRUE(updated.ok()) << updated.status();
  }
  // "qn03401m qp034001*": the quartiers at a point, * for a border.
  std::string At(double longitude, double latitude, types::Date date = types::Date(2024, 6, 1)) {
    v1::QuartierAtRequest request;
    request.set_longitude(longitude);
    request.set_latitude(latitude);
    *request.mutable_date() = EnMessage(date);
    auto answer = Appeler<v1::QuartierAtResponse>("QuartierAt", request);
    EXPECT_TRUE(answer.ok()) << answer.status();
    std::string found;
    for (const auto& one : answer->quartiers()) {
      found += (found.empty() ? "" : " ") + one.qpv().name().substr(4);
      if (one.sur_limite()) found += "*";
    }
    return found;
  }
};

TEST_F(QuartiersTest, InsideOutsideBorderAndHole) {
  EXPECT_EQ(At(3.5, 43.1), "");
  Tracer("qn03401m", 3, 43, /*trou=*/true);
  EXPECT_EQ(At(3.1, 43.1), "qn03401m");
  EXPECT_EQ(At(3.5, 43.5), "");
  EXPECT_EQ(At(3.25, 43.5), "qn03401m*");
  EXPECT_EQ(At(3, 43), "qn03401m*");
  EXPECT_EQ(At(2.9999999, 43.5), "");
}

TEST_F(QuartiersTest, EveryQuartierThatHoldsThePointOnThatDay) {
  Tracer("qn03401m", 3, 43);
  Tracer("qp034001", 3.5, 43);
  EXPECT_EQ(At(3.75, 43.5), "qn03401m qp034001");
  EXPECT_EQ(At(3.5, 43.5), "qn03401m qp034001*");
  Dater("qp034001", types::Date(2015, 1, 1), types::Date(2024, 1, 1));
  Dater("qn03401m", types::Date(2024, 1, 1), types::Date(2031, 1, 1));
  EXPECT_EQ(At(3.75, 43.5, types::Date(2023, 12, 31)), "qp034001");
  EXPECT_EQ(At(3.75, 43.5, types::Date(2024, 1, 1)), "qn03401m");
  EXPECT_EQ(At(3.75, 43.5, types::Date(2014, 12, 31)), "");
}

TEST_F(QuartiersTest, AContourThatChangesIsSeenAtOnce) {
  Tracer("qn03401m", 3, 43);
  EXPECT_EQ(At(3.5, 43.5), "qn03401m");
  Tracer("qn03401m", 5, 43);
  EXPECT_EQ(At(3.5, 43.5), "");
  EXPECT_EQ(At(5.5, 43.5), "qn03401m");
}

}  // namespace
}  // namespace pdv::contrats
