#include "common/store/filter.h"

#include "common/status/error.h"
#include "common/store/json_column_test.pb.h"
#include "gtest/gtest.h"
#include "pdv/commun/type/v1/evenement.pb.h"

namespace pdv::store {
namespace {

const Table& Events() {
  static const Table table(commun::type::v1::Evenement::descriptor(), "evenement",
                           {"name", "revision", "type", "instant", "ressource"});
  return table;
}

TEST(FilterTest, AnEmptyFilterKeepsEveryRow) {
  EXPECT_EQ(CompileFilter(Events(), "  ", 1)->sql, "TRUE");
}

TEST(FilterTest, ValuesBecomeParametersNeverText) {
  auto condition = CompileFilter(Events(), R"(name = "contrats/x'; DROP TABLE journal; --")", 3);
  ASSERT_TRUE(condition.ok()) << condition.status();
  EXPECT_EQ(condition->sql, "(name = $3::text)");
  EXPECT_EQ(condition->values, std::vector<std::string>{"contrats/x'; DROP TABLE journal; --"});
}

TEST(FilterTest, AnAbsentTextEqualsTheEmptyOne) {
  EXPECT_EQ(CompileFilter(Events(), R"(name = "")", 1)->sql, "(coalesce(name, '') = $1::text)");
  EXPECT_EQ(CompileFilter(Events(), "name != a", 1)->sql, "(coalesce(name, '') <> $1::text)");
}

TEST(FilterTest, OrBindsTighterThanAnd) {
  auto condition = CompileFilter(Events(), "revision > 1 AND name = a OR name = b", 1);
  ASSERT_TRUE(condition.ok()) << condition.status();
  EXPECT_EQ(condition->sql,
            "((revision > $1::bigint) AND ((name = $2::text) OR (name = $3::text)))");
}

TEST(FilterTest, NotParenthesesAndContains) {
  auto condition = CompileFilter(Events(), "NOT (name:cv_10%) -revision=2", 1);
  ASSERT_TRUE(condition.ok()) << condition.status();
  EXPECT_EQ(condition->sql,
            "((NOT coalesce((name ILIKE $1), FALSE)) AND "
            "(NOT coalesce((revision = $2::bigint), FALSE)))");
  EXPECT_EQ(condition->values[0], "%cv\\_10\\%%");
}

TEST(FilterTest, EnumsAreNamedWithOrWithoutTheirPrefix) {
  EXPECT_EQ(CompileFilter(Events(), "type=CREATION", 1)->values[0], "CREATION");
  EXPECT_EQ(CompileFilter(Events(), "type=TYPE_EVENEMENT_CREATION", 1)->values[0], "CREATION");
}

const Table& Leaves() {
  static const Table table(essai::Feuille::descriptor(), "feuille", {"reel", "instant", "jour"});
  return table;
}

TEST(FilterTest, NumbersAndDaysAreGivenAsPostgresReadsThem) {
  EXPECT_EQ(CompileFilter(Leaves(), "reel > +0.5", 1)->values[0], "0.5");
  EXPECT_EQ(CompileFilter(Leaves(), "reel > 1e-999", 1)->values[0], "0");
  EXPECT_EQ(CompileFilter(Leaves(), "jour > 2023-01-31", 1)->values[0], "2023-01-31");
  EXPECT_EQ(CompileFilter(Leaves(), "instant > 9999-12-31", 1)->values[0],
            "9999-12-31 00:00:00.000000+00");
}

TEST(FilterTest, WhatPostgresCannotReadIsRefusedHere) {
  for (const char* filter :
       {"reel > 1e999", "reel = nan", "reel < -inf", "instant > infinite-future",
        "instant < infinite-past", "instant > 12023-01-01T00:00:00Z", "jour = 0000-01-01",
        "jour = -999-01-01", "jour > infinite-future"}) {
    EXPECT_EQ(status::ViolationsOf(CompileFilter(Leaves(), filter, 1).status()).size(), 1u)
        << filter;
  }
}

// What is refused, and the word that tells why.
struct Refusal {
  const char* filter;
  const char* says;
};

class FilterRefusalTest : public ::testing::TestWithParam<Refusal> {};

TEST_P(FilterRefusalTest, SaysWhatWasExpected) {
  auto condition = CompileFilter(Events(), GetParam().filter, 1);
  ASSERT_FALSE(condition.ok());
  auto violations = status::ViolationsOf(condition.status());
  ASSERT_EQ(violations.size(), 1u);
  EXPECT_EQ(violations[0].field, "filter");
  EXPECT_NE(violations[0].description.find(GetParam().says), std::string::npos)
      << violations[0].description;
}

INSTANTIATE_TEST_SUITE_P(
    All, FilterRefusalTest,
    ::testing::Values(Refusal{"inconnu = 1", "inconnu"}, Refusal{"ressource = 1", "ressource"},
                      Refusal{"name", "opérateur"}, Refusal{"name =", "valeur"},
                      Refusal{"(name = a", "« ) »"}, Refusal{"name = \"a", "guillemet"},
                      Refusal{"revision = deux", "entier"},
                      Refusal{"type = PEUT_ETRE", "énumération"},
                      Refusal{"instant > hier", "RFC 3339"},
                      Refusal{"name = a )", "fin du filtre"}));

TEST(FilterTest, DepthAndLengthAreBounded) {
  EXPECT_FALSE(CompileFilter(Events(), std::string(40, '(') + "name=a", 1).ok());
  EXPECT_FALSE(CompileFilter(Events(), "name=" + std::string(3000, 'a'), 1).ok());
}

}  // namespace
}  // namespace pdv::store
