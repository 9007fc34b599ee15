#ifndef PDV_COMMON_PG_SESSION_H_
#define PDV_COMMON_PG_SESSION_H_

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/pg/params.h"
#include "common/pg/result.h"

namespace pdv::pg {

// One statement of a pipeline. `sql` must outlive the call and be one of few distinct texts: each
// is prepared once per session (up to 256; beyond, it is parsed each time). `prepare=false` for
// one-off texts (BEGIN, SET…).
struct Statement {
  std::string_view sql;
  Params params = {};
  bool prepare = true;
  // Instead of `params`, where they are long to write: called when their turn comes to be sent,
  // while the server runs what comes before them.
  std::function<Params()> write_params = nullptr;
};

// One connection to PostgreSQL (libpq). Not thread-safe: one thread at a time. No exception leaves.
// Every error is an absl::Status with a PgError payload (see error.h); connection loss is
// UNAVAILABLE and leaves the session unusable (ok() is false).
class Session {
 public:
  // `conninfo`: libpq string, may name several hosts. Sets statement_timeout, lock_timeout and
  // idle_in_transaction_session_timeout (30 s, 10 s, 30 s), timezone UTC, and
  // target_session_attrs=read-write unless the string says otherwise.
  static absl::StatusOr<std::unique_ptr<Session>> Connect(const std::string& conninfo);
  ~Session();
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  bool ok() const;
  // ok(), after a look (no round trip) at whether the server has closed the connection since it was
  // last used. Only between statements.
  bool CheckAlive();
  // One parameterised statement, text results.
  absl::StatusOr<Result> Exec(std::string_view sql, const Params& params = {}, bool prepare = true);
  // Several statements without parameters or results (migrations, DDL), simple protocol.
  absl::Status Script(std::string_view sql);
  // How long a server may say nothing before it is taken for hung: twice the statement_timeout that
  // we set.
  static constexpr absl::Duration kPatience = absl::Minutes(1);
  // Sends all statements and one Sync, in one round trip. Either every result, or the first error:
  // later statements were skipped by the server. Outside an explicit BEGIN the pipeline is one
  // implicit transaction, committed when this returns OK (PGRES_PIPELINE_SYNC was received).
  // The answers come at the end of it: one that sets a longer statement_timeout says how long all
  // of it may take.
  absl::StatusOr<std::vector<Result>> Pipeline(const std::vector<Statement>& statements,
                                               absl::Duration patience = kPatience);
  // COPY … FROM STDIN with `data` in the format that the statement names.
  absl::Status CopyIn(std::string_view copy_sql, std::string_view data);
  // True inside BEGIN … COMMIT, also after an error in it.
  bool in_transaction() const;

 private:
  struct Impl;
  explicit Session(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace pdv::pg

#endif  // PDV_COMMON_PG_SESSION_H_
