#include "services/actions/domain/dates.h"

#include "gtest/gtest.h"

namespace pdv::actions {
namespace {

types::Date Paris(const char* utc) {
  absl::Time instant;
  std::string error;
  EXPECT_TRUE(absl::ParseTime(absl::RFC3339_full, utc, &instant, &error)) << error;
  return JourAParis(instant);
}

TEST(JourAParisTest, MidnightIsThatOfParis) {
  EXPECT_EQ(Paris("2024-01-31T22:59:59Z"), types::Date(2024, 1, 31));
  EXPECT_EQ(Paris("2024-01-31T23:00:00Z"), types::Date(2024, 2, 1));
  EXPECT_EQ(Paris("2024-07-14T21:59:59Z"), types::Date(2024, 7, 14));
  EXPECT_EQ(Paris("2024-07-14T22:00:00Z"), types::Date(2024, 7, 15));
  EXPECT_EQ(Paris("2023-12-31T23:30:00Z"), types::Date(2024, 1, 1));
}

TEST(JourAParisTest, SummerTimeBeginsAndEndsOnTheLastSunday) {
  // 31 March 2024 and 27 October 2024, at 01:00 UTC.
  EXPECT_EQ(Paris("2024-03-30T22:30:00Z"), types::Date(2024, 3, 30));
  EXPECT_EQ(Paris("2024-03-31T22:30:00Z"), types::Date(2024, 4, 1));
  EXPECT_EQ(Paris("2024-10-26T22:30:00Z"), types::Date(2024, 10, 27));
  EXPECT_EQ(Paris("2024-10-27T22:30:00Z"), types::Date(2024, 10, 27));
  // A month whose last day is a Sunday (31 October 2021).
  EXPECT_EQ(Paris("2021-10-30T22:30:00Z"), types::Date(2021, 10, 31));
  EXPECT_EQ(Paris("2021-10-31T22:30:00Z"), types::Date(2021, 10, 31));
}

}  // namespace
}  // namespace pdv::actions
