#include "common/types/refus.h"

#include <string>

#include "gtest/gtest.h"

namespace pdv::types {
namespace {

TEST(RefusTest, QuotesTheTextAndSaysWhy) {
  EXPECT_EQ(Refus("x", "un SIREN", "il a 9 chiffres").message(),
            "« x » n'est pas un SIREN : il a 9 chiffres.");
}

TEST(RefusTest, CutsALongTextBetweenCharacters) {
  std::string text(59, 'a');
  for (int i = 0; i < 1000; ++i) text += "é";  // byte 60 would fall inside the first one
  const absl::Status refused = Refus(text, "un SIREN", "non");
  EXPECT_EQ(refused.message(), "« " + std::string(59, 'a') + "… » n'est pas un SIREN : non.");
}

}  // namespace
}  // namespace pdv::types
