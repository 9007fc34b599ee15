#ifndef PDV_COMMON_PG_POOL_H_
#define PDV_COMMON_PG_POOL_H_

#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/pg/session.h"

namespace pdv::pg {

// A bounded set of sessions. Thread-safe. A broken session is dropped and replaced at the next
// Acquire, with a bounded number of attempts until the deadline: a failover costs a wait, not an
// error, as long as the caller's deadline allows.
class Pool {
 public:
  Pool(std::string conninfo, int size);

  // A session for one holder, returned to the pool when it goes.
  class Lease {
   public:
    Lease(Pool* pool, std::unique_ptr<Session> session);
    Lease(Lease&&) noexcept;
    Lease& operator=(Lease&&) = delete;
    ~Lease();
    Session* operator->() { return session_.get(); }
    Session& operator*() { return *session_; }

   private:
    Pool* pool_;
    std::unique_ptr<Session> session_;
  };

  // UNAVAILABLE when PostgreSQL cannot be reached, DEADLINE_EXCEEDED when every session is taken.
  absl::StatusOr<Lease> Acquire(absl::Time deadline);
  const std::string& conninfo() const { return conninfo_; }

 private:
  void Release(std::unique_ptr<Session> session);
  const std::string conninfo_;
  std::mutex mu_;
  std::condition_variable freed_;
  std::vector<std::unique_ptr<Session>> idle_;
  int available_;  // sessions that may still be handed out
};

}  // namespace pdv::pg

#endif  // PDV_COMMON_PG_POOL_H_
