#include "common/types/nom.h"

#include "gtest/gtest.h"

namespace pdv::types {
namespace {

TEST(IdentifiantDeTest, KeepsWhatAnIdMayHold) {
  EXPECT_EQ(IdentifiantDe("Saint-Étienne (42)"), "saint-etienne-42");
  EXPECT_EQ(IdentifiantDe("CŒUR DE LIVRES"), "coeur-de-livres");
  EXPECT_EQ(IdentifiantDe("  --  "), "");
  EXPECT_EQ(IdentifiantDe(std::string(200, 'a')).size(), 60u);
}

TEST(DernierSegmentTest, IsTheId) {
  EXPECT_EQ(DernierSegment("contrats/cv110"), "cv110");
  EXPECT_EQ(DernierSegment("nation"), "nation");
}

}  // namespace
}  // namespace pdv::types
