#include "common/store/runner.h"

#include <set>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/pg/error.h"
#include "common/status/error.h"
#include "common/store/transaction.h"

namespace pdv::store {
namespace {

constexpr int kAttempts = 8;

absl::Status Overloaded() {
  return status::Error(absl::StatusCode::kResourceExhausted, "SURCHARGE",
                       "Le service est très sollicité : réessayez dans un instant.")
      .RetryAfter(absl::Milliseconds(200));
}

// The same request_id was committed meanwhile by another session: the next attempt finds its
// answer.
bool AnsweredElsewhere(const absl::Status& status) {
  const std::optional<pg::PgError> error = pg::ErrorOf(status);
  return error.has_value() && error->constraint == "idempotence_pkey";
}

bool PlayAgain(const absl::Status& status) {
  return pg::IsRetryable(status) || AnsweredElsewhere(status);
}

absl::Status Late() {
  return absl::DeadlineExceededError("the deadline passed before the mutation was run");
}

}  // namespace

Runner::Runner(RunnerOptions options) : options_(std::move(options)) {
  for (int i = 0; i < options_.lanes; ++i)
    lanes_.emplace_back([this] { Lane(small_, options_.max_batch); });
  lanes_.emplace_back([this] { Lane(large_, options_.max_large_batch); });
}

Runner::~Runner() {
  {
    std::lock_guard lock(mu_);
    stop_ = true;
  }
  for (Queue* queue : {&small_, &large_}) queue->wake.notify_all();
  for (std::thread& lane : lanes_) lane.join();
  for (Queue* queue : {&small_, &large_}) {
    for (Pending& pending : queue->waiting)
      pending.reply(status::Error(absl::StatusCode::kUnavailable, "ARRET_EN_COURS",
                                  "Le service s'arrête : réessayez.")
                        .RetryAfter(absl::Seconds(1))
                        .Build());
  }
}

void Runner::Submit(Pending pending) {
  if (!pending.mutation.refused.ok()) return pending.reply(pending.mutation.refused);
  Queue& queue = pending.mutation.reads.size() > options_.large ? large_ : small_;
  {
    std::lock_guard lock(mu_);
    if (!stop_ && queue.waiting.size() < options_.max_queue) {
      queue.waiting.push_back(std::move(pending));
      queue.wake.notify_one();
      return;
    }
  }
  pending.reply(Overloaded());
}

void Runner::Lane(Queue& queue, size_t max_batch) {
  std::unique_ptr<pg::Session> session;
  while (true) {
    Group group;
    {
      std::unique_lock lock(mu_);
      queue.wake.wait(lock, [&] { return stop_ || !queue.waiting.empty(); });
      if (stop_) return;
      // A request_id twice in one transaction would break it: the second one waits for the next.
      std::set<std::string> ids;
      while (!queue.waiting.empty() && group.size() < max_batch) {
        Pending& next = queue.waiting.front();
        if (!next.request_id.empty() && !ids.insert(next.request_id).second) break;
        if (next.validate_only && !group.empty()) break;
        const bool alone = next.validate_only;
        group.push_back(std::move(next));
        queue.waiting.pop_front();
        if (alone) break;
      }
    }
    Run(session, std::move(group));
  }
}

absl::Status Runner::EnsureSession(std::unique_ptr<pg::Session>& session, absl::Time deadline) {
  absl::Duration pause = absl::Milliseconds(20);
  while (session == nullptr || !session->ok()) {
    absl::StatusOr<std::unique_ptr<pg::Session>> fresh = pg::Session::Connect(options_.conninfo);
    if (fresh.ok()) {
      session = *std::move(fresh);
      return absl::OkStatus();
    }
    {
      std::lock_guard lock(mu_);
      if (stop_) return fresh.status();
    }
    if (absl::Now() + pause > deadline) return fresh.status();
    absl::SleepFor(pause);
    pause = std::min(pause * 2, absl::Milliseconds(500));
  }
  return absl::OkStatus();
}

void Runner::Run(std::unique_ptr<pg::Session>& session, Group group) {
  // A caller without a request_id still gets exactly-once across the runner's own retries.
  for (Pending& pending : group) {
    if (pending.request_id.empty() && !pending.validate_only)
      pending.request_id = InternalRequestId();
  }
  absl::Status outcome;
  for (int attempt = 0; attempt < kAttempts; ++attempt) {
    std::erase_if(group, [](Pending& pending) {
      if (pending.call->deadline > absl::Now() && !pending.call->cancelled()) return false;
      pending.reply(Late());
      return true;
    });
    if (group.empty()) return;
    absl::Time deadline = group.front().call->deadline;
    for (const Pending& pending : group) deadline = std::max(deadline, pending.call->deadline);
    outcome = EnsureSession(session, std::min(deadline, absl::Now() + absl::Seconds(20)));
    if (!outcome.ok()) break;
    outcome = Attempt(*session, group);
    if (outcome.ok()) return;
    if (session->ok() && session->in_transaction()) (void)session->Exec("ROLLBACK", {}, false);
    if (!PlayAgain(outcome)) break;
  }
  const bool broken_item = !PlayAgain(outcome) && !pg::IsShortage(outcome);
  if (group.size() > 1 && broken_item) {
    for (Pending& pending : group) {
      Group alone;
      alone.push_back(std::move(pending));
      Run(session, std::move(alone));
    }
    return;
  }
  for (Pending& pending : group) pending.reply(pg::ToPublic(outcome));
}

absl::Status Runner::Attempt(pg::Session& session, Group& group) {
  Transaction transaction(session, options_.service);
  absl::Status opened = transaction.Open(group);
  if (!opened.ok()) return opened;
  transaction.Decide(group);
  const bool dry = group.front().validate_only;
  absl::Status closed = transaction.Close(group, dry);
  if (!closed.ok()) return closed;
  if (transaction.wrote() && !dry && options_.on_commit) options_.on_commit();
  transaction.Answer(group);
  return absl::OkStatus();
}

}  // namespace pdv::store
