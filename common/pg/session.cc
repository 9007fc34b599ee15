#include "common/pg/session.h"

#include <poll.h>

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/pg/connection.h"
#include "common/pg/error.h"

namespace pdv::pg {
namespace {

// libpq copies what it sends: large inputs go by pieces.
constexpr size_t kCopyChunk = 256 * 1024;

bool Failed(const PGresult* result) {
  switch (PQresultStatus(result)) {
    case PGRES_COMMAND_OK:
    case PGRES_TUPLES_OK:
    case PGRES_EMPTY_QUERY:
      return false;
    default:
      return true;
  }
}

}  // namespace

absl::StatusOr<std::unique_ptr<Session>> Session::Connect(const std::string& conninfo) {
  absl::StatusOr<PGconn*> conn = OpenConnection(conninfo);
  if (!conn.ok()) return conn.status();
  auto impl = std::make_unique<Impl>();
  impl->conn = *conn;
  // Who sets his own statement_timeout accepts to wait for it.
  impl->watchdog = conninfo.find("statement_timeout") == std::string::npos;
  return std::unique_ptr<Session>(new Session(std::move(impl)));
}

Session::Session(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

Session::~Session() = default;

bool Session::ok() const { return impl_->ok(); }

bool Session::CheckAlive() {
  if (!ok()) return false;
  pollfd fd{PQsocket(impl_->conn), POLLIN, 0};
  if (poll(&fd, 1, 0) <= 0) return true;
  // An idle server says something only to warn (a setting has changed) or to say goodbye.
  if (PQconsumeInput(impl_->conn) == 0) impl_->broken = true;
  // Reads what it said: a goodbye is followed by the end of the stream.
  if (PQisBusy(impl_->conn) != 0 || poll(&fd, 1, 0) != 0) impl_->broken = true;
  return ok();
}

absl::StatusOr<Result> Session::Exec(std::string_view sql, const Params& params, bool prepare) {
  absl::StatusOr<std::vector<Result>> results = Pipeline({Statement{sql, params, prepare}});
  if (!results.ok()) return results.status();
  return std::move(results->front());
}

absl::Status Session::Script(std::string_view sql) {
  if (!ok()) return impl_->Lost();
  PGresult* result = PQexec(impl_->conn, std::string(sql).c_str());
  absl::Status status = Failed(result) ? impl_->ErrorFrom(result) : absl::OkStatus();
  const ExecStatusType kind = PQresultStatus(result);
  PQclear(result);
  if (kind == PGRES_COPY_IN || kind == PGRES_COPY_OUT) impl_->broken = true;
  return status;
}

absl::Status Session::CopyIn(std::string_view copy_sql, std::string_view data) {
  if (!ok()) return impl_->Lost();
  PGresult* start = PQexec(impl_->conn, std::string(copy_sql).c_str());
  absl::Status status =
      PQresultStatus(start) == PGRES_COPY_IN ? absl::OkStatus() : impl_->ErrorFrom(start);
  PQclear(start);
  if (!status.ok()) return status;
  for (size_t at = 0; at < data.size(); at += kCopyChunk) {
    const std::string_view piece = data.substr(at, kCopyChunk);
    if (PQputCopyData(impl_->conn, piece.data(), static_cast<int>(piece.size())) != 1) break;
  }
  // Where a piece could not be sent, the answer below says why.
  PQputCopyEnd(impl_->conn, nullptr);
  while (PGresult* result = PQgetResult(impl_->conn)) {
    if (Failed(result) && status.ok()) status = impl_->ErrorFrom(result);
    PQclear(result);
    if (PQstatus(impl_->conn) == CONNECTION_BAD) break;
  }
  if (status.ok() && !ok()) return impl_->Lost();
  return status;
}

bool Session::in_transaction() const {
  const PGTransactionStatusType status = PQtransactionStatus(impl_->conn);
  return status == PQTRANS_INTRANS || status == PQTRANS_INERROR || status == PQTRANS_ACTIVE;
}

}  // namespace pdv::pg
