#include "services/pdvctl/affichage/dates.h"

#include "gtest/gtest.h"

namespace pdv::pdvctl {
namespace {

TEST(DatesTest, UnJourSEcritEtSeLitCommeEnFrance) {
  google::type::Date date;
  EXPECT_EQ(DateFr(date), "");
  for (const char* texte :
       {"2024-03-01", "01/03/2024", "1/3/2024", "1er mars 2024", "1 mars 2024", "1 MARS 2024"}) {
    ASSERT_TRUE(LireDate(texte, &date).ok()) << texte;
    EXPECT_EQ(DateFr(date), "01/03/2024");
    EXPECT_EQ(JourCivil(date), absl::CivilDay(2024, 3, 1));
  }
  ASSERT_TRUE(LireDate("2024-02-29", &date).ok());
  ASSERT_TRUE(LireDate("15 août 2024", &date).ok());
  EXPECT_EQ(DateFr(date), "15/08/2024");
}

TEST(DatesTest, UnJourQuiNExistePasEstRefuse) {
  for (const char* texte : {"", "2023-02-29", "2024-13-01", "31/04/2024", "2024-03", "hier",
                            "2024-03-01-02", "24-03-01", "2024/03/01", "30 février 2024", "2 mars",
                            "mars 2024", "deux mars 2024", "1er marc 2024"}) {
    google::type::Date date;
    EXPECT_FALSE(LireDate(texte, &date).ok()) << texte;
  }
}

TEST(DatesTest, UnJourEstSonDernierInstantAParis) {
  google::protobuf::Timestamp instant;
  ASSERT_TRUE(LireInstant("2024-03-01", &instant).ok());
  EXPECT_EQ(InstantFr(instant), "01/03/2024 23:59:59");
  EXPECT_EQ(instant.nanos(), 999'999'000);
  ASSERT_TRUE(LireInstant("2024-07-01T10:00:00Z", &instant).ok());
  EXPECT_EQ(InstantFr(instant), "01/07/2024 12:00:00");
  EXPECT_FALSE(LireInstant("2024-07-01T", &instant).ok());
  EXPECT_FALSE(LireInstant("hier", &instant).ok());
}

}  // namespace
}  // namespace pdv::pdvctl
