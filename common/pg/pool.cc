#include "common/pg/pool.h"

#include <algorithm>
#include <utility>

#include "absl/time/clock.h"
#include "common/pg/error.h"
#include "common/status/error.h"

namespace pdv::pg {
namespace {

// First wait between two attempts to connect, doubled each time up to the second.
constexpr absl::Duration kFirstBackoff = absl::Milliseconds(20);
constexpr absl::Duration kLastBackoff = absl::Milliseconds(500);

// Connects, waiting for a server that starts, restarts or fails over as long as `deadline` allows.
absl::StatusOr<std::unique_ptr<Session>> ConnectUntil(const std::string& conninfo,
                                                      absl::Time deadline) {
  for (absl::Duration backoff = kFirstBackoff;; backoff = std::min(2 * backoff, kLastBackoff)) {
    absl::StatusOr<std::unique_ptr<Session>> session = Session::Connect(conninfo);
    if (session.ok() || !IsRetryable(session.status())) return session;
    if (absl::Now() + backoff >= deadline) return session;
    absl::SleepFor(backoff);
  }
}

}  // namespace

Pool::Pool(std::string conninfo, int size)
    : conninfo_(std::move(conninfo)), available_(std::max(size, 1)) {}

absl::StatusOr<Pool::Lease> Pool::Acquire(absl::Time deadline) {
  std::unique_ptr<Session> session;
  {
    std::unique_lock lock(mu_);
    // Bounded: system_clock overflows on absl::InfiniteFuture().
    const absl::Time until = std::min(deadline, absl::Now() + absl::Hours(1));
    if (!freed_.wait_until(lock, absl::ToChronoTime(until), [this] { return available_ > 0; })) {
      return status::Error(absl::StatusCode::kDeadlineExceeded, "DELAI_DEPASSE",
                           "Le service est trop occupé pour répondre dans le temps accordé.");
    }
    --available_;
    while (!idle_.empty() && session == nullptr) {
      session = std::move(idle_.back());
      idle_.pop_back();
      if (!session->CheckAlive()) session.reset();
    }
  }
  if (session != nullptr) return Lease(this, std::move(session));
  absl::StatusOr<std::unique_ptr<Session>> fresh = ConnectUntil(conninfo_, deadline);
  if (!fresh.ok()) {
    Release(nullptr);
    return fresh.status();
  }
  return Lease(this, *std::move(fresh));
}

void Pool::Release(std::unique_ptr<Session> session) {
  // A holder that went away in the middle of a transaction leaves nothing behind.
  if (session != nullptr && session->ok() && session->in_transaction() &&
      !session->Script("ROLLBACK").ok()) {
    session.reset();
  }
  {
    std::lock_guard lock(mu_);
    if (session != nullptr && session->ok()) idle_.push_back(std::move(session));
    ++available_;
  }
  freed_.notify_one();
}

Pool::Lease::Lease(Pool* pool, std::unique_ptr<Session> session)
    : pool_(pool), session_(std::move(session)) {}

Pool::Lease::Lease(Lease&& other) noexcept
    : pool_(std::exchange(other.pool_, nullptr)), session_(std::move(other.session_)) {}

Pool::Lease::~Lease() {
  if (pool_ != nullptr) pool_->Release(std::move(session_));
}

}  // namespace pdv::pg
