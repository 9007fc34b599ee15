#include "common/types/sha256.h"

#include "gtest/gtest.h"

namespace pdv::types {
namespace {

// The vectors of FIPS 180-4 (NIST, SHA-256 examples).
TEST(Sha256, IsThatOfTheStandard) {
  EXPECT_EQ(Sha256Hex(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(Sha256Hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST(Sha256, DoesNotDependOnTheParts) {
  Sha256 sum;
  sum.Add("a");
  sum.Add("");
  sum.Add("bc");
  EXPECT_EQ(sum.Hex(), Sha256Hex("abc"));
}

}  // namespace
}  // namespace pdv::types
