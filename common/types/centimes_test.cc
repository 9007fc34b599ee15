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
  for (const char* text : {"", "€", "abc", "1,2,3", "1.234.567", "1,999", "2,1750E+13", "12 34,00",
                           "1 2345", "1\uFFFD000", "12 350 0000", "1,2 3", "--1", "1 €€",
                           "100000000000.01"})
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
