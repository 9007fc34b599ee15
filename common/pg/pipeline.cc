// Session::Pipeline: everything is sent at once, in one round trip, and answers are read while the
// rest is still being sent.
#include <strings.h>

#include <numeric>

#include "common/pg/connection.h"
#include "common/pg/error.h"

namespace pdv::pg {
namespace {

// The protocol counts parameters on 16 bits.
constexpr size_t kMaxParams = 65535;
// Parameters from which a statement is sent at once: less costs more to send than to wait for the
// rest.
constexpr int kWorthSending = 16 << 10;

struct ResultDeleter {
  void operator()(PGresult* result) const { PQclear(result); }
};
using ResultPtr = std::unique_ptr<PGresult, ResultDeleter>;

// A statement's parameters as libpq wants them. Points into the Params.
struct Wire {
  explicit Wire(const Params& params) {
    for (const Params::Value& value : params.values()) {
      types.push_back(value.oid);
      values.push_back(value.null ? nullptr : value.bytes.c_str());
      lengths.push_back(static_cast<int>(value.bytes.size()));
      formats.push_back(value.binary ? 1 : 0);
    }
  }
  int count() const { return static_cast<int>(values.size()); }
  int bytes() const { return std::accumulate(lengths.begin(), lengths.end(), 0); }
  std::vector<Oid> types;
  std::vector<const char*> values;
  std::vector<int> lengths, formats;
};

// What the server will answer, in order: a PREPARE (entry set) or the statement `index`.
struct Step {
  StatementCache::Entry* entry;
  size_t index;
};

// COMMIT of a transaction that has failed is answered "ROLLBACK", without an error: whoever took it
// for a commit would acknowledge a write that does not exist.
bool CommitWasRollback(std::string_view sql, PGresult* result) {
  return sql.size() >= 6 && strncasecmp(sql.data(), "COMMIT", 6) == 0 &&
         std::string_view(PQcmdStatus(result)) == "ROLLBACK";
}

class PipelineRun {
 public:
  PipelineRun(PGconn* conn, StatementCache* cache, const std::vector<Statement>& statements)
      : conn_(conn), cache_(cache), statements_(statements), results_(statements.size()) {}

  // False when libpq refuses to queue: the connection is gone.
  bool Send() {
    for (size_t index = 0; index < statements_.size(); ++index) {
      if (!SendStatement(index)) return false;
    }
    return PQpipelineSync(conn_) == 1;
  }

  // Takes one answer of the server. `error` is set by the first failure.
  template <class ErrorFrom>
  void Take(ResultPtr result, const ErrorFrom& error_from, absl::Status& error) {
    switch (PQresultStatus(result.get())) {
      case PGRES_PIPELINE_SYNC:
        synced_ = true;
        return;
      case PGRES_PIPELINE_ABORTED:
        return;
      case PGRES_COMMAND_OK:
      case PGRES_TUPLES_OK:
      case PGRES_EMPTY_QUERY:
        TakeSuccess(std::move(result), error);
        return;
      default:
        if (error.ok()) error = error_from(result.get());
    }
  }
  // The end of a statement's answers.
  void NextStep() { ++step_; }

  bool synced() const { return synced_; }
  bool overrun() const { return step_ > steps_.size() + 1; }
  std::vector<Result>& results() { return results_; }

 private:
  bool SendStatement(size_t index) {
    const Statement& statement = statements_[index];
    const Params written = statement.write_params ? statement.write_params() : Params();
    const Wire wire(statement.write_params ? written : statement.params);
    StatementCache::Entry* entry =
        statement.prepare ? cache_->Find(statement.sql, wire.types) : nullptr;
    // libpq wants a terminated text.
    const std::string sql =
        entry != nullptr && entry->ready ? std::string() : std::string(statement.sql);
    if (entry == nullptr) {
      steps_.push_back({nullptr, index});
      return PQsendQueryParams(conn_, sql.c_str(), wire.count(), wire.types.data(),
                               wire.values.data(), wire.lengths.data(), wire.formats.data(),
                               /*resultFormat=*/0) == 1;
    }
    if (!entry->ready && !Promised(entry)) {
      steps_.push_back({entry, index});
      if (PQsendPrepare(conn_, entry->name.c_str(), sql.c_str(), wire.count(), wire.types.data()) !=
          1) {
        return false;
      }
    }
    steps_.push_back({nullptr, index});
    if (PQsendQueryPrepared(conn_, entry->name.c_str(), wire.count(), wire.values.data(),
                            wire.lengths.data(), wire.formats.data(), 0) != 1) {
      return false;
    }
    // libpq keeps the end of it until there is more to send: the server would wait for that.
    return wire.bytes() < kWorthSending || PQflush(conn_) >= 0;
  }

  // Already sent in this very pipeline.
  bool Promised(const StatementCache::Entry* entry) const {
    for (const Step& step : steps_) {
      if (step.entry == entry) return true;
    }
    return false;
  }

  void TakeSuccess(ResultPtr result, absl::Status& error) {
    if (step_ >= steps_.size()) return;
    const Step& step = steps_[step_];
    if (step.entry != nullptr) {
      step.entry->ready = true;
      return;
    }
    if (error.ok() && CommitWasRollback(statements_[step.index].sql, result.get())) {
      error = MakeError({"25P02", "", "", "COMMIT of a failed transaction: rolled back"});
      return;
    }
    results_[step.index] = Result(result.release());
  }

  PGconn* const conn_;
  StatementCache* const cache_;
  const std::vector<Statement>& statements_;
  std::vector<Step> steps_;
  std::vector<Result> results_;
  size_t step_ = 0;
  bool synced_ = false;
};

}  // namespace

absl::StatusOr<std::vector<Result>> Session::Pipeline(const std::vector<Statement>& statements,
                                                      absl::Duration patience) {
  Impl& impl = *impl_;
  if (!impl.ok()) return impl.Lost();
  for (const Statement& statement : statements) {
    if (statement.params.values().size() > kMaxParams) {
      return absl::InvalidArgumentError("more than 65535 parameters in a statement");
    }
  }
  if (PQsetnonblocking(impl.conn, 1) != 0 || PQenterPipelineMode(impl.conn) != 1) {
    return impl.Lost();
  }
  PipelineRun run(impl.conn, &impl.statements, statements);
  if (!run.Send()) return impl.Lost();

  absl::Status error;
  while (!run.synced()) {
    if (absl::Status wait = impl.AwaitInput(patience); !wait.ok()) return error.ok() ? wait : error;
    ResultPtr result(PQgetResult(impl.conn));
    if (result == nullptr) {
      run.NextStep();
    } else {
      run.Take(
          std::move(result), [&](PGresult* r) { return impl.ErrorFrom(r); }, error);
    }
    // After a loss libpq has nothing more to say: no Sync will come.
    if (PQstatus(impl.conn) == CONNECTION_BAD || run.overrun()) {
      impl.broken = true;
      return error.ok() ? impl.Lost() : error;
    }
  }
  if (PQexitPipelineMode(impl.conn) != 1 || PQsetnonblocking(impl.conn, 0) != 0) {
    // The answers are whole, the connection is not worth keeping.
    impl.broken = true;
  }
  if (!error.ok()) return error;
  return std::move(run.results());
}

}  // namespace pdv::pg
