#include "common/types/date.h"

#include "gtest/gtest.h"

namespace pdv::types {
namespace {

TEST(LireDateTest, ThreeForms) {
  EXPECT_EQ(*LireDate("2017-12-21"), Date(2017, 12, 21));
  EXPECT_EQ(*LireDate("2017/09/08"), Date(2017, 9, 8));
  EXPECT_EQ(*LireDate("08/09/2017"), Date(2017, 9, 8));
}

TEST(LireDateTest, RefusesDaysThatDoNotExistAndOtherForms) {
  for (const char* text : {"2023-02-29", "2023-13-01", "23-01-01", "2023-1-1", "", "2023-01-01 ",
                           "2023-01/01", "99/99/2020"})
    EXPECT_FALSE(LireDate(text).ok()) << text;
  EXPECT_TRUE(LireDate("2024-02-29").ok());
}

TEST(EcrireDateTest, AsPeopleWriteIt) {
  EXPECT_EQ(EcrireDate(Date(2024, 3, 1)), "1er mars 2024");
  EXPECT_EQ(EcrireDate(Date(2022, 12, 15)), "15 décembre 2022");
}

TEST(PeriodeTest, IsHalfOpen) {
  const Periode year{Date(2023, 1, 1), Date(2024, 1, 1)};
  EXPECT_TRUE(year.Contient(Date(2023, 12, 31)));
  EXPECT_FALSE(year.Contient(Date(2024, 1, 1)));
  EXPECT_FALSE(year.Chevauche({Date(2024, 1, 1), std::nullopt}));
  EXPECT_TRUE(year.Chevauche({Date(2023, 6, 1), std::nullopt}));
  EXPECT_TRUE((Periode{Date(2020, 1, 1), std::nullopt}.Contient(Date(2100, 1, 1))));
}

TEST(PeriodeTest, WithoutADayItOverlapsNothing) {
  const Periode empty{Date(2023, 6, 1), Date(2023, 6, 1)};
  const Periode year{Date(2023, 1, 1), Date(2024, 1, 1)};
  EXPECT_FALSE(empty.Chevauche(year));
  EXPECT_FALSE(year.Chevauche(empty));
}

TEST(LirePeriodeTest, BothSeparatorsAndOneDay) {
  EXPECT_EQ(LirePeriode("2017-03-30/2017-05-24")->fin, Date(2017, 5, 25));
  EXPECT_EQ(LirePeriode("2018-04-01_2018-12-31")->debut, Date(2018, 4, 1));
  EXPECT_EQ(LirePeriode("2018-04-01")->fin, Date(2018, 4, 2));
  EXPECT_FALSE(LirePeriode("2018-04-01/2018-03-31").ok());
  EXPECT_FALSE(LirePeriode("2018-04-01/").ok());
}

}  // namespace
}  // namespace pdv::types
