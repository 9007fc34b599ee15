#include "services/evaluation/domain/decimal.h"

#include <cstdint>
#include <cstdio>
#include <random>

#include "gtest/gtest.h"

namespace pdv::evaluation {
namespace {

TEST(DifferenceTest, IsExact) {
  EXPECT_EQ(Difference("12.5", "7.25"), "5.25");
  EXPECT_EQ(Difference("0.1", "0.3"), "-0.2");
  EXPECT_EQ(Difference("7", "7.000000"), "0");
  EXPECT_EQ(Difference("999999999999999.999999", "-0.000001"), "1000000000000000");
  EXPECT_EQ(Difference("-12", "3"), "-15");
}

TEST(DifferenceTest, RefusesWhatIsNotADecimal) {
  for (const char* text : {"", ".", "1.", "a", "1.2.3", "1.1234567", "--1", "1e3"})
    EXPECT_FALSE(Difference(text, "1").has_value()) << text;
}

// Against 64-bit integers, which hold numbers of this size.
TEST(DifferenceTest, EqualsThatOfMillionths) {
  const unsigned seed = std::random_device{}();
  SCOPED_TRACE(seed);
  std::mt19937_64 random(seed);
  auto text = [](int64_t value) {
    char written[40];
    std::snprintf(written, sizeof written, "%s%lld.%06lld", value < 0 ? "-" : "",
                  static_cast<long long>(std::abs(value) / 1'000'000),
                  static_cast<long long>(std::abs(value) % 1'000'000));
    return std::string(written);
  };
  std::uniform_int_distribution<int64_t> values(-1'000'000'000'000'000, 1'000'000'000'000'000);
  for (int i = 0; i < 2000; ++i) {
    const int64_t a = values(random), b = values(random);
    const auto difference = Difference(text(a), text(b));
    ASSERT_TRUE(difference.has_value());
    EXPECT_EQ(Difference(*difference, text(a - b)), "0") << a << " - " << b;
  }
}

TEST(SigneTest, ZeroHasNone) {
  EXPECT_EQ(Signe("-0.000"), 0);
  EXPECT_EQ(Signe("-0.000001"), -1);
  EXPECT_EQ(Signe("3"), 1);
  EXPECT_EQ(Signe(*Difference("-999999999999999.999999", "999999999999999.999999")), -1);
  EXPECT_EQ(Signe("x"), std::nullopt);
}

}  // namespace
}  // namespace pdv::evaluation
