#include "common/rpc/call.h"

#include "gmock/gmock.h"

namespace pdv::rpc {
namespace {

using ::testing::Pair;
using ::testing::UnorderedElementsAre;

// An import is one call and a transaction a message: its answer must not grow with them.
TEST(CallTest, OfEachServiceTheFurthestPositionIsAnswered) {
  Call call;
  for (int xid : {100, 1234, 999}) {
    call.AddMetadata("x-pdv-position", "actions=" + std::to_string(xid));
    call.AddMetadata("x-pdv-position", "financement=" + std::to_string(xid));
    call.AddMetadata("autre", std::to_string(xid));
  }
  EXPECT_THAT(call.TakeMetadata(),
              UnorderedElementsAre(Pair("x-pdv-position", "actions=1234"),
                                   Pair("x-pdv-position", "financement=1234"), Pair("autre", "100"),
                                   Pair("autre", "1234"), Pair("autre", "999")));
}

}  // namespace
}  // namespace pdv::rpc
