#include "services/gateway/domain/parts.h"

#include <numeric>
#include <random>

#include "gtest/gtest.h"

namespace pdv::gateway {
namespace {

TEST(PartsEnPointsTest, ThreeThirdsSumToTheWhole) {
  EXPECT_EQ(PartsEnPoints({1, 1, 1}), (std::vector<int32_t>{3334, 3333, 3333}));
}

TEST(PartsEnPointsTest, NothingVotedIsNoShare) {
  EXPECT_EQ(PartsEnPoints({0, 0}), (std::vector<int32_t>{0, 0}));
  EXPECT_TRUE(PartsEnPoints({}).empty());
}

TEST(PartsEnPointsTest, AnySharesSumToTenThousand) {
  std::mt19937_64 random(20260101);
  for (int round = 0; round < 1000; ++round) {
    std::vector<int64_t> amounts(1 + random() % 40);
    for (int64_t& amount : amounts) amount = static_cast<int64_t>(random() % 1'000'000'000'000);
    amounts[0] += 1;
    const std::vector<int32_t> parts = PartsEnPoints(amounts);
    EXPECT_EQ(std::accumulate(parts.begin(), parts.end(), 0), 10'000);
    const int64_t total = std::accumulate(amounts.begin(), amounts.end(), int64_t{0});
    for (size_t i = 0; i < parts.size(); ++i)
      EXPECT_LE(std::abs(parts[i] - PointsDe(amounts[i], total)), 1);
  }
}

TEST(PointsDeTest, RoundsHalfUp) {
  EXPECT_EQ(PointsDe(1, 3), 3333);
  EXPECT_EQ(PointsDe(2, 3), 6667);
  EXPECT_EQ(PointsDe(1, 20'000), 1);
  EXPECT_EQ(PointsDe(5, 0), 0);
}

TEST(LevierTest, IsDroitCommunForEachEuroOfCreditsSpecifiques) {
  EXPECT_EQ(LevierEnPoints(250, 100), 25'000);
  EXPECT_EQ(LevierEnPoints(0, 100), 0);
  EXPECT_FALSE(LevierEnPoints(250, 0).has_value());
}

}  // namespace
}  // namespace pdv::gateway
