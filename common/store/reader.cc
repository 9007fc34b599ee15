#include "common/store/reader.h"

#include <algorithm>
#include <map>
#include <string_view>
#include <unordered_map>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/pg/error.h"
#include "common/status/error.h"
#include "common/store/sql_text.h"

namespace pdv::store {
namespace {

using google::protobuf::Message;

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
      }
      if (session != nullptr && session->ok()) outcome = Serve(*session, wanted);
      if (outcome.ok() || !pg::IsRetryable(outcome)) break;
      absl::SleepFor(absl::Milliseconds(100 << attempt));
    }
    if (outcome.ok()) continue;
    for (Wanted& w : wanted) w.reply(pg::ToPublic(outcome));
  }
}

absl::Status Reader::Serve(pg::Session& session, std::vector<Wanted>& wanted) {
  std::map<const Table*, std::vector<std::string>> names;
  for (const Wanted& w : wanted) names[w.table].push_back(w.name);
  std::vector<pg::Statement> statements;
  for (auto& [table, list] : names) {
    pg::Params params;
    params.TextArray(list);
    statements.push_back({SelectByNames(*table), std::move(params), true});
  }
  absl::StatusOr<std::vector<pg::Result>> results = session.Pipeline(statements);
  if (!results.ok()) return results.status();
  std::unordered_map<std::string, rpc::MessagePtr> found;
  size_t at = 0;
  for (const auto& [table, list] : names) {
    const pg::Result& rows = (*results)[at++];
    const Message* prototype =
        google::protobuf::MessageFactory::generated_factory()->GetPrototype(table->type());
    for (int row = 0; row < rows.rows(); ++row) {
      std::shared_ptr<Message> message(prototype->New());
      absl::Status read = table->FromRow(rows, row, message.get());
      if (!read.ok()) return read;
      std::string name = NameOf(*message);
      found.emplace(std::move(name), std::move(message));
    }
  }
  for (Wanted& w : wanted) {
    auto row = found.find(w.name);
    w.reply(row == found.end() ? absl::StatusOr<rpc::MessagePtr>(status::NotFound(w.name))
                               : absl::StatusOr<rpc::MessagePtr>(row->second));
  }
  return absl::OkStatus();
}

}  // namespace pdv::store
