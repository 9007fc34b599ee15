#include "common/types/codes.h"

#include "gtest/gtest.h"

namespace pdv::types {
namespace {

TEST(CommuneTest, FiveCharactersCorsicaAndArrondissements) {
  for (const char* code : {"34172", "2A004", "97411", "75110", "01004"})
    EXPECT_TRUE(VerifierCommune(code).ok()) << code;
  for (const char* code : {"1004", "2C004", "00123", "341720", "", "2a004", "20004"})
    EXPECT_FALSE(VerifierCommune(code).ok()) << code;
}

TEST(CommuneTest, ItsCodeTellsItsDepartement) {
  EXPECT_EQ(DepartementDe("34172"), "34");
  EXPECT_EQ(DepartementDe("2A004"), "2A");
  EXPECT_EQ(DepartementDe("97411"), "974");
  EXPECT_EQ(DepartementDe("98735"), "987");
}

TEST(QpvTest, TwoGenerations) {
  for (const char* code : {"QP034001", "QN03401M", "QN02A01I", "QN97401N", "QN98701C"})
    EXPECT_TRUE(VerifierQpv(code).ok()) << code;
  for (const char* code : {"QP34001", "QN03401X", "QN2A01I", "qn03401m", "QP03400A"})
    EXPECT_FALSE(VerifierQpv(code).ok()) << code;
}

TEST(CodeContratTest, TwoGenerationsAndOverseas) {
  for (const char* code : {"CV110", "CN03401M", "CN98701M", "CN02A01I"})
    EXPECT_TRUE(VerifierCodeContrat(code).ok()) << code;
  for (const char* code : {"CV11", "CN3401M", "CV1100", "", "cv110"})
    EXPECT_FALSE(VerifierCodeContrat(code).ok()) << code;
}

TEST(CodeContratTest, CodesRunTogetherAreToldApartNeverChosen) {
  EXPECT_EQ(DecouperCodesContrat("CV049CV050"), (std::vector<std::string>{"CV049", "CV050"}));
  EXPECT_EQ(DecouperCodesContrat("CV110"), std::vector<std::string>{"CV110"});
  EXPECT_TRUE(DecouperCodesContrat("CV049XX").empty());
  EXPECT_EQ(DecouperCodesContrat("CN98701CCN03401MCV110"),
            (std::vector<std::string>{"CN98701C", "CN03401M", "CV110"}));
  EXPECT_EQ(VerifierCodeContrat("CV380CV384").message(),
            "« CV380CV384 » n'est pas un code de contrat : plusieurs codes y sont collés, CV380, "
            "CV384.");
}

TEST(ExerciceTest, From1990To2100) {
  for (int64_t year : {1990, 2023, 2100}) EXPECT_TRUE(VerifierExercice(year).ok()) << year;
  for (int64_t year : {0, 1989, 2101, -2023}) EXPECT_FALSE(VerifierExercice(year).ok()) << year;
}

}  // namespace
}  // namespace pdv::types
