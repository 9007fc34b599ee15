#ifndef PDV_COMMON_STORE_RUNNER_H_
#define PDV_COMMON_STORE_RUNNER_H_

#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "common/pg/session.h"
#include "common/rpc/service_table.h"
#include "common/store/batch.h"
#include "common/store/mutation.h"

namespace pdv::store {

// One mutation on its way: what asked for it, and who waits for the answer.
struct Pending {
  rpc::CallPtr call;
  Mutation mutation;
  rpc::Reply reply;
  std::string method;      // "pdv.contrats.v1.ContratsService/SignerContrat"
  std::string request_id;  // "" : the caller gave none, the runner makes one for its own retries
  std::string input_hash;  // SHA-256 of the request without request_id
  bool validate_only = false;
};

struct RunnerOptions {
  std::string service;  // "contrats"
  std::string conninfo;
  int lanes = 1;  // writer threads, one session each
  size_t max_batch = 256;
  // A mutation that reads more rows than this is large: one more thread runs those, two at a time
  // where they wait together (one wait for the disk), and the small ones beside them.
  size_t large = 100;
  size_t max_large_batch = 2;
  size_t max_queue = 8192;
  // Called after a commit, off any lock: the feed looks at the journal at once.
  std::function<void()> on_commit;
};

// Runs mutations, and nothing else writes: transaction, idempotency, journal, validate_only by
// rollback, bounded retry. Mutations that wait together become one transaction of two round trips;
// when one of them breaks a constraint, each is run again alone, so that it costs only itself. A
// large one (a lot of votes, a message of an import) is a batch already: it has a thread of its
// own, so that nobody waits behind it for the rows of others. A mutation is acknowledged only after
// its COMMIT was confirmed. Thread-safe.
class Runner {
 public:
  explicit Runner(RunnerOptions options);
  ~Runner();  // answers what waits with UNAVAILABLE

  // Never blocks. A full queue is answered at once with RESOURCE_EXHAUSTED and RetryInfo.
  void Submit(Pending pending);

 private:
  using Group = std::vector<Pending>;
  struct Queue {
    std::deque<Pending> waiting;
    std::condition_variable wake;
  };
  void Lane(Queue& queue, size_t max_batch);
  // Runs a group to its end: every pending is answered.
  void Run(std::unique_ptr<pg::Session>& session, Group group);
  // One attempt in one transaction. OK: all were answered. An error: nothing was written (or it is
  // not known: the connection was lost during COMMIT) and nobody was answered.
  absl::Status Attempt(pg::Session& session, Group& group);
  absl::Status EnsureSession(std::unique_ptr<pg::Session>& session, absl::Time deadline);

  const RunnerOptions options_;
  std::mutex mu_;
  Queue small_, large_;
  bool stop_ = false;
  std::vector<std::thread> lanes_;
};

}  // namespace pdv::store

#endif  // PDV_COMMON_STORE_RUNNER_H_
