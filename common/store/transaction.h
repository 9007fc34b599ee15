#ifndef PDV_COMMON_STORE_TRANSACTION_H_
#define PDV_COMMON_STORE_TRANSACTION_H_

#include <string>
#include <vector>

#include "common/pg/session.h"
#include "common/store/batch.h"
#include "common/store/runner.h"

namespace pdv::store {

// A request_id for a mutation whose caller gave none; never collides with a caller's.
std::string InternalRequestId();

// One transaction of the runner, in its four steps. One thread, used once.
class Transaction {
 public:
  Transaction(pg::Session& session, const std::string& service)
      : session_(session), service_(service) {}

  // BEGIN, the rows that the mutations read, and the idempotency records of these request_ids: one
  // round trip, and a second one when rows name others.
  absl::Status Open(const std::vector<Pending>& group);
  // Decides each mutation in memory, in order; an error is that mutation's answer alone.
  void Decide(const std::vector<Pending>& group);
  // Rows, idempotency records, journal, and COMMIT (ROLLBACK when dry): one round trip. OK means
  // that PostgreSQL confirmed it.
  absl::Status Close(const std::vector<Pending>& group, bool dry);
  // Answers everybody. Only after Close.
  void Answer(std::vector<Pending>& group);

  bool wrote() const { return !batch_.events().empty(); }

 private:
  // Rows of the reads, one statement per (table, column), and then the records of the group, the
  // last result; `first` are sent before them. Locks come before records: the same request, still
  // under way elsewhere (another replica, a session that outlives its service), is waited for and
  // then found.
  absl::StatusOr<std::vector<pg::Result>> Load(const std::vector<Pending>& group,
                                               const std::vector<Read>& reads,
                                               std::vector<pg::Statement> first);
  // Takes the answers that were given before.
  void Replay(const std::vector<Pending>& group, const pg::Result& records);
  // Whether the answer of a mutation is kept for its request_id.
  bool Kept(const Pending& pending, size_t rank) const;
  // What each statement of Close is given.
  pg::Params Records(const std::vector<Pending>& group) const;
  pg::Params Journal(const std::vector<Pending>& group) const;

  pg::Session& session_;
  const std::string& service_;
  Batch batch_;
  std::vector<absl::StatusOr<rpc::MessagePtr>> answers_;
  std::vector<bool> replayed_;
  std::vector<int64_t> positions_;  // 0: nothing was journalled, there is nothing to wait for
  int64_t xid_ = 0;
  absl::Time now_;
};

}  // namespace pdv::store

#endif  // PDV_COMMON_STORE_TRANSACTION_H_
