#include "common/types/paris.h"

#include "gtest/gtest.h"

namespace pdv::types {
namespace {

absl::Time Instant(const char* utc) {
  absl::Time instant;
  std::string error;
  EXPECT_TRUE(absl::ParseTime(absl::RFC3339_full, utc, &instant, &error)) << error;
  return instant;
}

Date Paris(const char* utc) { return JourAParis(Instant(utc)); }

TEST(JourAParisTest, MidnightIsThatOfParis) {
  EXPECT_EQ(Paris("2024-01-31T22:59:59Z"), Date(2024, 1, 31));
  EXPECT_EQ(Paris("2024-01-31T23:00:00Z"), Date(2024, 2, 1));
  EXPECT_EQ(Paris("2024-07-14T21:59:59Z"), Date(2024, 7, 14));
  EXPECT_EQ(Paris("2024-07-14T22:00:00Z"), Date(2024, 7, 15));
  EXPECT_EQ(Paris("2023-12-31T23:30:00Z"), Date(2024, 1, 1));
}

TEST(JourAParisTest, SummerTimeBeginsAndEndsOnTheLastSunday) {
  // 31 March 2024 and 27 October 2024, at 01:00 UTC.
  EXPECT_EQ(Paris("2024-03-30T22:30:00Z"), Date(2024, 3, 30));
  EXPECT_EQ(Paris("2024-03-31T22:30:00Z"), Date(2024, 4, 1));
  EXPECT_EQ(Paris("2024-10-26T22:30:00Z"), Date(2024, 10, 27));
  EXPECT_EQ(Paris("2024-10-27T22:30:00Z"), Date(2024, 10, 27));
  // A month whose last day is a Sunday (31 October 2021).
  EXPECT_EQ(Paris("2021-10-30T22:30:00Z"), Date(2021, 10, 31));
  EXPECT_EQ(Paris("2021-10-31T22:30:00Z"), Date(2021, 10, 31));
}

TEST(JourAParisTest, ADayBeginsAtItsMidnight) {
  EXPECT_EQ(DebutDuJourAParis(Date(2024, 1, 15)), Instant("2024-01-14T23:00:00Z"));
  EXPECT_EQ(DebutDuJourAParis(Date(2024, 7, 15)), Instant("2024-07-14T22:00:00Z"));
  // The days on which clocks are changed, and those after.
  EXPECT_EQ(DebutDuJourAParis(Date(2024, 3, 31)), Instant("2024-03-30T23:00:00Z"));
  EXPECT_EQ(DebutDuJourAParis(Date(2024, 4, 1)), Instant("2024-03-31T22:00:00Z"));
  EXPECT_EQ(DebutDuJourAParis(Date(2024, 10, 27)), Instant("2024-10-26T22:00:00Z"));
  EXPECT_EQ(DebutDuJourAParis(Date(2024, 10, 28)), Instant("2024-10-27T23:00:00Z"));
  // Each day of thirty years begins on itself, and the instant before is the day before.
  for (Date day(2000, 1, 1); day < Date(2030, 1, 1); ++day) {
    ASSERT_EQ(JourAParis(DebutDuJourAParis(day)), day);
    ASSERT_EQ(JourAParis(DebutDuJourAParis(day) - absl::Nanoseconds(1)), day - 1);
  }
}

TEST(HeureAParisTest, IsWhatAClockShows) {
  EXPECT_EQ(HeureAParis(Instant("2024-07-01T10:00:00Z")), absl::CivilSecond(2024, 7, 1, 12, 0, 0));
  EXPECT_EQ(HeureAParis(Instant("2024-12-31T23:30:01Z")), absl::CivilSecond(2025, 1, 1, 0, 30, 1));
}

}  // namespace
}  // namespace pdv::types
