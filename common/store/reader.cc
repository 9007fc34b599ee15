#include "common/store/reader.h"

#include <algorithm>
#include <map>
#include <unordered_map>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/pg/error.h"
#include "common/status/error.h"

namespace pdv::store {
namespace {

constexpr size_t kCacheBytes = 32 << 20;

absl::Status Stopping() {
  return status::Error(absl::StatusCode::kUnavailable, "ARRET_EN_COURS",
                       "Le service s'arrête : réessayez.")
      .RetryAfter(absl::Seconds(1));
}

}  // namespace

Reader::Reader(std::string conninfo, int lanes, size_t max_queue, size_t max_batch)
    : conninfo_(std::move(conninfo)), max_queue_(max_queue), max_batch_(max_batch) {
  for (int i = 0; i < lanes; ++i) lanes_.emplace_back([this] { Lane(); });
}

Reader::~Reader() {
  {
    std::lock_guard lock(mu_);
    stop_ = true;
  }
  wake_.notify_all();
  for (std::thread& lane : lanes_) lane.join();
  for (Wanted& wanted : queue_) wanted.reply(Stopping());
}

void Reader::Get(const Table& table, std::string name, rpc::CallPtr call, rpc::Reply reply) {
  {
    std::lock_guard lock(mu_);
    if (!stop_ && queue_.size() < max_queue_) {
      queue_.push_back({&table, std::move(name), std::move(call), std::move(reply)});
      wake_.notify_one();
      return;
    }
  }
  reply(status::Error(absl::StatusCode::kResourceExhausted, "SURCHARGE",
                      "Le service est très sollicité : réessayez dans un instant.")
            .RetryAfter(absl::Milliseconds(200))
            .Build());
}

void Reader::Lane() {
  std::unique_ptr<pg::Session> session;
  RowCache cache(kCacheBytes);
  while (true) {
    std::vector<Wanted> wanted;
    {
      std::unique_lock lock(mu_);
      wake_.wait(lock, [this] { return stop_ || !queue_.empty(); });
      if (stop_) return;
      const size_t take = std::min(queue_.size(), max_batch_);
      std::move(queue_.begin(), queue_.begin() + take, std::back_inserter(wanted));
      queue_.erase(queue_.begin(), queue_.begin() + take);
    }
    absl::Status outcome;
    // A read is repeated on a fresh session once: a failover costs it a wait, not an error.
    for (int attempt = 0; attempt < 3; ++attempt) {
      if (session == nullptr || !session->ok()) {
        absl::StatusOr<std::unique_ptr<pg::Session>> fresh = pg::Session::Connect(conninfo_);
        outcome = fresh.status();
        if (fresh.ok()) session = *std::move(fresh);
        cache.Clear();
      }
      if (session != nullptr && session->ok()) outcome = Serve(*session, cache, wanted);
      if (outcome.ok() || !pg::IsRetryable(outcome)) break;
      absl::SleepFor(absl::Milliseconds(100 << attempt));
    }
    if (outcome.ok()) continue;
    for (Wanted& w : wanted) w.reply(pg::ToPublic(outcome));
  }
}

absl::Status Reader::Serve(pg::Session& session, RowCache& cache, std::vector<Wanted>& wanted) {
  // Every row once, whoever asks for it: as it is kept, until the database says otherwise.
  std::map<const Table*, std::unordered_map<std::string, rpc::MessagePtr>> rows;
  for (const Wanted& w : wanted) rows[w.table].try_emplace(w.name);
  std::vector<pg::Statement> statements;
  for (auto& [table, by_name] : rows) {
    std::vector<std::string> names, versions;
    for (auto& [name, message] : by_name) {
      const RowCache::Row* kept = cache.Find(*table, name);
      names.push_back(name);
      versions.push_back(kept == nullptr ? "0" : kept->version);
      if (kept != nullptr) message = kept->message;
    }
    pg::Params params;
    params.TextArray(names);
    params.TextArray(versions);
    statements.push_back({RowCache::SelectChanged(*table), std::move(params), true});
  }
  absl::StatusOr<std::vector<pg::Result>> results = session.Pipeline(statements);
  if (!results.ok()) return results.status();
  size_t at = 0;
  for (auto& [table, by_name] : rows) {
    const pg::Result& changed = (*results)[at++];
    for (int row = 0; row < changed.rows(); ++row) {
      absl::StatusOr<rpc::MessagePtr> message = cache.Take(*table, changed, row);
      if (!message.ok()) return message.status();
      by_name[std::string(changed.Text(row, 0))] = *std::move(message);
    }
  }
  for (Wanted& w : wanted) {
    const rpc::MessagePtr& row = rows[w.table][w.name];
    w.reply(row == nullptr ? absl::StatusOr<rpc::MessagePtr>(status::NotFound(w.name))
                           : absl::StatusOr<rpc::MessagePtr>(row));
  }
  return absl::OkStatus();
}

}  // namespace pdv::store
