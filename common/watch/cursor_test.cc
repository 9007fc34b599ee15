#include "common/watch/cursor.h"

#include "gtest/gtest.h"

namespace pdv::watch {
namespace {

TEST(CursorTest, ReadsWhatItWrote) {
  const Cursor live{{12, 34}, false, ""};
  EXPECT_EQ(Cursor::Parse(live.ToText())->place, live.place);
  const Cursor snapshot{{12, 34}, true, "qpv/qn03401m"};
  auto read = Cursor::Parse(snapshot.ToText());
  ASSERT_TRUE(read.ok());
  EXPECT_TRUE(read->in_snapshot);
  EXPECT_EQ(read->snapshot_name, "qpv/qn03401m");
  EXPECT_TRUE(Cursor::Parse(Cursor{{1, 2}, true, ""}.ToText())->in_snapshot);
}

TEST(CursorTest, OrderIsThatOfTransactionsThenSequence) {
  EXPECT_LT((Place{1, 900}), (Place{2, 1}));
  EXPECT_LT((Place{2, 1}), (Place{2, 2}));
}

TEST(CursorTest, RefusesWhatItDidNotWrite) {
  for (const char* text : {"", "12", "a.b", "1.2.3.4", "1.2.!!", "1.2.YQ"})
    EXPECT_FALSE(Cursor::Parse(text).ok()) << text;
}

}  // namespace
}  // namespace pdv::watch
