#ifndef PDV_COMMON_PG_CONNECTION_H_
#define PDV_COMMON_PG_CONNECTION_H_

#include <libpq-fe.h>

#include <memory>
#include <string>
#include <string_view>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "common/pg/session.h"

// The inside of a Session: included by this folder's .cc files only.
namespace pdv::pg {

// Statements that this connection has prepared, by text. Bounded: a caller that builds its SQL with
// values in it costs a parse each time, never the server's memory.
class StatementCache {
 public:
  static constexpr size_t kMaxStatements = 256;

  struct Entry {
    std::string name;
    std::vector<Oid> types;
    bool ready = false;  // the server said so
  };
  // The entry of this text with these parameter types, made if there is room; null when there is
  // none, or when the same text was prepared with other types: then send it unprepared.
  Entry* Find(std::string_view sql, const std::vector<Oid>& types);
  // After an error that says that the server's plans are not ours any more.
  void Forget() { entries_.clear(); }

 private:
  absl::flat_hash_map<std::string, std::unique_ptr<Entry>> entries_;
  uint64_t next_ = 0;  // names are never used twice in a connection
};

struct Session::Impl {
  PGconn* conn = nullptr;
  bool broken = false;  // lost, or out of step with the protocol
  bool watchdog = true;
  StatementCache statements;

  ~Impl() { PQfinish(conn); }
  bool ok() const { return !broken && PQstatus(conn) == CONNECTION_OK; }
  // The connection's own failure: marks it broken.
  absl::Status Lost();
  // What the server said of a statement. A connection that cannot serve any more is marked broken.
  absl::Status ErrorFrom(const PGresult* result);
  // Waits until a result can be read without blocking, sending what is left meanwhile. Reading
  // while sending is what keeps a large pipeline from a deadlock: the server stops reading when
  // nobody takes its answers. A server that says nothing for so long is lost.
  absl::Status AwaitInput(absl::Duration patience);
};

// A libpq connection with the suite's settings (see Session::Connect).
absl::StatusOr<PGconn*> OpenConnection(const std::string& conninfo);

}  // namespace pdv::pg

#endif  // PDV_COMMON_PG_CONNECTION_H_
