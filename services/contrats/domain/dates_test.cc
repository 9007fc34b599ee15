#include "services/contrats/domain/dates.h"

#include "gtest/gtest.h"
#include "pdv/contrats/v1/contrat.pb.h"

namespace pdv::contrats {
namespace {

// A fact on [du, au); 0: open.
v1::Territoire Fait(int du, int au) {
  v1::Territoire fait;
  if (du != 0) *fait.mutable_valide_du() = EnMessage(types::Date(du, 1, 1));
  if (au != 0) *fait.mutable_valide_au() = EnMessage(types::Date(au, 1, 1));
  return fait;
}

TEST(DatesTest, AFactHoldsOnItsFirstDayAndNoLongerOnItsLast) {
  EXPECT_FALSE(EnVigueurLe(Fait(2015, 2024), types::Date(2014, 12, 31)));
  EXPECT_TRUE(EnVigueurLe(Fait(2015, 2024), types::Date(2015, 1, 1)));
  EXPECT_TRUE(EnVigueurLe(Fait(2015, 2024), types::Date(2023, 12, 31)));
  EXPECT_FALSE(EnVigueurLe(Fait(2015, 2024), types::Date(2024, 1, 1)));
  EXPECT_TRUE(EnVigueurLe(Fait(0, 0), types::Date(1900, 1, 1)));
}

TEST(DatesTest, AFactHoldsAtLeastADay) {
  EXPECT_TRUE(PeriodeOrdonnee(Fait(2015, 2016)));
  EXPECT_TRUE(PeriodeOrdonnee(Fait(0, 2016)));
  EXPECT_FALSE(PeriodeOrdonnee(Fait(2016, 2016)));
  EXPECT_FALSE(PeriodeOrdonnee(Fait(2017, 2016)));
}

TEST(DatesTest, FactsThatFollowEachOtherDoNotOverlap) {
  const struct {
    int a_du, a_au, b_du, b_au;
    bool overlap;
  } cases[] = {{2015, 2017, 2017, 2019, false}, {2015, 2018, 2017, 2019, true},
               {2015, 0, 2020, 0, true},        {0, 2015, 2015, 0, false},
               {0, 0, 2015, 2016, true},        {2015, 2016, 2018, 2019, false}};
  for (const auto& c : cases) {
    const auto a = Fait(c.a_du, c.a_au), b = Fait(c.b_du, c.b_au);
    EXPECT_EQ(Chevauchent(a, b), c.overlap) << c.a_du << " " << c.a_au << " " << c.b_du;
    EXPECT_EQ(Chevauchent(b, a), c.overlap) << c.a_du << " " << c.a_au << " " << c.b_du;
  }
}

TEST(DatesTest, MessagesAndDatesAreTheSameDay) {
  const types::Date leap(2024, 2, 29);
  EXPECT_EQ(DateDe(EnMessage(leap)), leap);
}

}  // namespace
}  // namespace pdv::contrats
