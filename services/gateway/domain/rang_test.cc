#include "services/gateway/domain/rang.h"

#include "gtest/gtest.h"

namespace pdv::gateway {
namespace {

TEST(ClasserTest, TheGapIsInCentsAndInPointsOfTheTotal) {
  const Rang rang = Classer({{"financeurs/caf", false, 20'000},
                             {"financeurs/etat", true, 50'000},
                             {"financeurs/region", false, 30'000}});
  EXPECT_EQ(rang.premier, "financeurs/etat");
  EXPECT_EQ(rang.second, "financeurs/region");
  EXPECT_EQ(rang.ecart_centimes, 20'000);
  EXPECT_EQ(rang.ecart_points, 2'000);
  EXPECT_EQ(rang.nb_financeurs, 3);
  EXPECT_EQ(rang.vote_centimes, 100'000);
  EXPECT_FALSE(rang.alerte_etat_non_premier);
}

TEST(ClasserTest, AlertsWhereTheEtatIsNotFirst) {
  EXPECT_TRUE(Classer({{"financeurs/etat", true, 1}, {"financeurs/epci", false, 2}})
                  .alerte_etat_non_premier);
  EXPECT_TRUE(Classer({{"financeurs/epci", false, 2}}).alerte_etat_non_premier);
}

TEST(ClasserTest, ATieWithTheEtatIsNoAlert) {
  const Rang rang = Classer({{"financeurs/aaa", false, 5}, {"financeurs/etat", true, 5}});
  EXPECT_EQ(rang.premier, "financeurs/etat");
  EXPECT_EQ(rang.ecart_centimes, 0);
  EXPECT_FALSE(rang.alerte_etat_non_premier);
}

TEST(ClasserTest, ASingleFunderHasNoSecondAndTheWholeGap) {
  const Rang rang = Classer({{"financeurs/etat", true, 7}, {"financeurs/caf", false, 0}});
  EXPECT_EQ(rang.second, "");
  EXPECT_EQ(rang.ecart_centimes, 7);
  EXPECT_EQ(rang.ecart_points, 10'000);
  EXPECT_EQ(rang.nb_financeurs, 1);
}

TEST(ClasserTest, NothingVotedIsNoRankAndNoAlert) {
  const Rang rang = Classer({{"financeurs/caf", false, 0}});
  EXPECT_EQ(rang.premier, "");
  EXPECT_FALSE(rang.alerte_etat_non_premier);
}

}  // namespace
}  // namespace pdv::gateway
