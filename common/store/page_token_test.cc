#include "common/store/page_token.h"

#include "gtest/gtest.h"

namespace pdv::store {
namespace {

TEST(PageTokenTest, OpensWhatItSealed) {
  const std::vector<std::string> values{"contrats/cv110", "", "é;\n"};
  auto opened = OpenToken("clé", "question", SealToken("clé", "question", values));
  ASSERT_TRUE(opened.ok());
  EXPECT_EQ(*opened, values);
}

TEST(PageTokenTest, RefusesAnotherQuestionAnotherKeyAndAForgery) {
  std::string token = SealToken("clé", "question", {"a"});
  EXPECT_FALSE(OpenToken("clé", "autre question", token).ok());
  EXPECT_FALSE(OpenToken("autre clé", "question", token).ok());
  token.back() = token.back() == 'A' ? 'B' : 'A';
  EXPECT_FALSE(OpenToken("clé", "question", token).ok());
  EXPECT_FALSE(OpenToken("clé", "question", "n'importe quoi").ok());
}

}  // namespace
}  // namespace pdv::store
