#include "services/pdvctl/affichage/dates.h"

#include "gtest/gtest.h"

namespace pdv::pdvctl {
namespace {

TEST(DatesTest, UnJourSEcritEtSeLitCommeEnFrance) {
  google::type::Date date;
  EXPECT_EQ(DateFr(date), "");
  for (const char* texte : {"2024-03-01", "01/03/2024"}) {
    ASSERT_TRUE(LireDate(texte, &date).ok()) << texte;
    EXPECT_EQ(DateFr(date), "01/03/2024");
    EXPECT_EQ(JourCivil(date), absl::CivilDay(2024, 3, 1));
  }
  ASSERT_TRUE(LireDate("2024-02-29", &date).ok());
}

TEST(DatesTest, UnJourQuiNExistePasEstRefuse) {
  for (const char* texte : {"", "2023-02-29", "2024-13-01", "31/04/2024", "2024-03", "hier",
                            "2024-03-01-02", "24-03-01", "2024/03/01"}) {
    google::type::Date date;
    EXPECT_FALSE(LireDate(texte, &date).ok()) << texte;
  }
}

}  // namespace
}  // namespace pdv::pdvctl
