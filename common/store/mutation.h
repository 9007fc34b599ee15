#ifndef PDV_COMMON_STORE_MUTATION_H_
#define PDV_COMMON_STORE_MUTATION_H_

#include <functional>
#include <memory>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "common/store/changes.h"
#include "google/protobuf/message.h"

namespace pdv::store {

// What a use case that changes state is made of: the rows that it must see, and a pure decision on
// them. The runner does the rest (transaction, idempotency, journal, validate_only, retries,
// coalescing with the mutations that wait beside it).
struct Mutation {
  using Decision = std::function<absl::StatusOr<std::shared_ptr<google::protobuf::Message>>(
      Changes& changes)>;
  std::vector<Read> reads;
  Decision decide;
  // A request that was refused before any row was needed.
  absl::Status refused;
  // More rows, named by those that were read first (the porteur of an action): one more round trip.
  std::function<std::vector<Read>(const Changes& changes)> follow = nullptr;
};

// The usual form: `decide` is `(Changes&) -> absl::StatusOr<Resp>`. It may run more than once and
// must own what it captures.
template <class Resp, class Fn>
Mutation Decide(std::vector<Read> reads, Fn decide) {
  return Mutation{std::move(reads),
                  [decide = std::move(decide)](Changes& changes)
                      -> absl::StatusOr<std::shared_ptr<google::protobuf::Message>> {
                    absl::StatusOr<Resp> answer = decide(changes);
                    if (!answer.ok()) return answer.status();
                    return std::make_shared<Resp>(*std::move(answer));
                  },
                  absl::OkStatus()};
}

// The same, with the rows that the first ones name.
template <class Resp, class Follow, class Fn>
Mutation DecideFollowing(std::vector<Read> reads, Follow follow, Fn decide) {
  Mutation mutation = Decide<Resp>(std::move(reads), std::move(decide));
  mutation.follow = std::move(follow);
  return mutation;
}

inline Mutation Refuse(absl::Status status) { return Mutation{{}, nullptr, std::move(status)}; }

}  // namespace pdv::store

#endif  // PDV_COMMON_STORE_MUTATION_H_
