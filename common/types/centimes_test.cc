#include "common/types/centimes.h"

#include <limits>
#include <numeric>
#include <random>

#include "gtest/gtest.h"

namespace pdv::types {
namespace {

TEST(LireMontantTest, ReadsWhatPeopleWrite) {
  const std::pair<const char*, Centimes> cases[] = {
      {"0", 0},
      {"19875.06", 1'987'506},
      {"2400.0", 240'000},
      {"58 400,00", 5'840'000},
      {"12 350 000 €", 1'235'000'000},
      {"1\u202F234,5", 123'450},
      {"100\u00A0000,00", 10'000'000},
      {" 7164 ", 716'400},
      {"-12,50", -1'250},
      {"99.500", 9'950},
      {"1234567.89", 123'456'789},
  };
  for (const auto& [text, cents] : cases) {
    auto read = LireMontant(text);
    ASSERT_TRUE(read.ok()) << text << read.status();
    EXPECT_EQ(*read, cents) << text;
  }
}

TEST(LireMontantTest, RefusesRatherThanGuess) {
  for (const char* text :
       {"", "€", "abc", "1,2,3", "1.234.567", "1,999", "2,1750E+13", "12 34,00", "1 2345",
        "1\uFFFD000", "12 350 0000", "1,2 3", "--1", "1 €€", "12.", "12,", ".5", "100000000000.01"})
    EXPECT_FALSE(LireMontant(text).ok()) << text;
}

TEST(FormaterMontantTest, IsFrenchTypography) {
  EXPECT_EQ(FormaterMontant(123'456'789), "1\u202F234\u202F567,89\u00A0€");
  EXPECT_EQ(FormaterMontant(-5), "-0,05\u00A0€");
  EXPECT_EQ(FormaterMontant(std::numeric_limits<int64_t>::min()),
            "-92\u202F233\u202F720\u202F368\u202F547\u202F758,08\u00A0€");
}

TEST(FormaterMontantTest, IsReadBack) {
  std::mt19937_64 random(7);
  for (int i = 0; i < 1000; ++i) {
    const Centimes cents = static_cast<Centimes>(random() % kMontantMaximal);
    EXPECT_EQ(*LireMontant(FormaterMontant(cents)), cents);
  }
}

TEST(AdditionnerTest, OverflowIsAnError) {
  EXPECT_EQ(*Additionner(1, 2), 3);
  EXPECT_FALSE(Additionner(std::numeric_limits<int64_t>::max(), 1).ok());
}

TEST(SoustraireTest, OverflowIsAnError) {
  EXPECT_EQ(*Soustraire(1, 2), -1);
  EXPECT_FALSE(Soustraire(std::numeric_limits<int64_t>::min(), 1).ok());
}

TEST(SommerTest, OnlyTheSumHasToFit) {
  constexpr Centimes kMax = std::numeric_limits<int64_t>::max();
  EXPECT_EQ(*Sommer({}), 0);
  EXPECT_EQ(*Sommer({kMax, 1, -1}), kMax);  // passes above on the way
  EXPECT_FALSE(Sommer({kMax, 1}).ok());
  EXPECT_FALSE(Sommer({-kMax, -2}).ok());
}

TEST(PartEnPointsDeBaseTest, RoundsHalfAwayFromZeroWithoutFloatingPoint) {
  EXPECT_EQ(PartEnPointsDeBase(2, 3), 6'667);
  EXPECT_EQ(PartEnPointsDeBase(-2, 3), -6'667);
  EXPECT_EQ(PartEnPointsDeBase(1, 20'000), 1);  // half a basis point
  EXPECT_EQ(PartEnPointsDeBase(1, 20'001), 0);
  EXPECT_EQ(PartEnPointsDeBase(0, 5), 0);
  EXPECT_EQ(PartEnPointsDeBase(5, 0), std::nullopt);
  constexpr Centimes kMax = std::numeric_limits<int64_t>::max();
  EXPECT_EQ(PartEnPointsDeBase(kMax, kMax), 10'000);
  EXPECT_EQ(PartEnPointsDeBase(kMax, 1), kMax);
  EXPECT_EQ(PartEnPointsDeBase(-kMax, 1), -kMax);
}

TEST(RepartirTest, ExtremesNeitherOverflowNorLoseACent) {
  constexpr Centimes kMax = std::numeric_limits<int64_t>::max();
  constexpr Centimes kMin = std::numeric_limits<int64_t>::min();
  EXPECT_EQ(RepartirAuPlusFortReste(kMin, {1}), std::vector<Centimes>{kMin});
  EXPECT_EQ(RepartirAuPlusFortReste(kMax, {kMax, kMax}),
            (std::vector<Centimes>{kMax / 2 + 1, kMax / 2}));
  EXPECT_EQ(RepartirAuPlusFortReste(100, {-3, 1}), (std::vector<Centimes>{0, 100}));
  EXPECT_TRUE(RepartirAuPlusFortReste(100, {}).empty());
}

TEST(RepartirTest, PartsSumToTheTotalAndFollowTheWeights) {
  EXPECT_EQ(RepartirAuPlusFortReste(100, {1, 1, 1}), (std::vector<Centimes>{34, 33, 33}));
  EXPECT_EQ(RepartirAuPlusFortReste(-100, {1, 1, 1}), (std::vector<Centimes>{-34, -33, -33}));
  EXPECT_EQ(RepartirAuPlusFortReste(5, {0, 0}), (std::vector<Centimes>{5, 0}));
  std::mt19937_64 random(11);
  for (int round = 0; round < 1000; ++round) {
    std::vector<int64_t> weights(1 + random() % 9);
    for (int64_t& weight : weights) weight = static_cast<int64_t>(random() % 10'001);
    const Centimes total = static_cast<Centimes>(random() % kMontantMaximal);
    const auto parts = RepartirAuPlusFortReste(total, weights);
    EXPECT_EQ(std::accumulate(parts.begin(), parts.end(), Centimes{0}), total);
  }
}

}  // namespace
}  // namespace pdv::types
