#include "common/types/codes.h"

#include "gtest/gtest.h"

namespace pdv::types {
namespace {

TEST(CommuneTest, FiveCharactersCorsicaAndArrondissements) {
  for (const char* code : {"34172", "2A004", "97411", "75110", "01004"})
    EXPECT_TRUE(VerifierCommune(code).ok()) << code;
  for (const char* code : {"1004", "2C004", "00123", "341720", "", "2a004"})
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
  EXPECT_NE(VerifierCodeContrat("CV380CV384").message().find("collés"), std::string::npos);
}

}  // namespace
}  // namespace pdv::types
