#include "common/pg/connection.h"

#include <poll.h>

#include <cerrno>
#include <map>

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "common/pg/error.h"

namespace pdv::pg {
namespace {

// Given as startup options: they win over the role's and the database's settings, and lose to what
// the connection string says itself in `options`. Our statements are short: compiling one costs
// more than it saves. They find their rows by key, in tables that grow faster than they are
// analysed: the planner, who believes them small, would read a whole one to find a thousand rows
// (see common/pg/whole_tables.h for the few that do read them whole). A server looks while it works
// at whether we are still there: what we gave up would go on to its end.
constexpr char kServerOptions[] =
    "-c statement_timeout=30s -c lock_timeout=10s -c idle_in_transaction_session_timeout=30s"
    " -c client_connection_check_interval=10s"
    " -c timezone=UTC -c datestyle=ISO -c bytea_output=hex"
    " -c default_transaction_isolation=read\\ committed -c jit=off -c enable_seqscan=off";

// Network silence is noticed within about ten seconds, also on an idle connection.
const std::map<std::string, std::string>& Defaults() {
  static const auto* defaults = new std::map<std::string, std::string>{
      {"target_session_attrs", "read-write"},
      {"connect_timeout", "3"},
      {"client_encoding", "UTF8"},
      {"application_name", "pdv"},
      {"keepalives_idle", "5"},
      {"keepalives_interval", "2"},
      {"keepalives_count", "3"},
      {"tcp_user_timeout", "10000"},
  };
  return *defaults;
}

absl::StatusOr<std::map<std::string, std::string>> Settings(const std::string& conninfo) {
  char* error = nullptr;
  PQconninfoOption* parsed = PQconninfoParse(conninfo.c_str(), &error);
  if (parsed == nullptr) {
    absl::Status status = absl::InvalidArgumentError(
        absl::StrCat("connection string: ", error == nullptr ? "out of memory" : error));
    PQfreemem(error);
    return status;
  }
  std::map<std::string, std::string> settings = Defaults();
  for (PQconninfoOption* option = parsed; option->keyword != nullptr; ++option) {
    if (option->val != nullptr) settings[option->keyword] = option->val;
  }
  PQconninfoFree(parsed);
  std::string& options = settings["options"];
  options = options.empty() ? kServerOptions : absl::StrCat(kServerOptions, " ", options);
  return settings;
}

// libpq gives no SQLSTATE for a refused connection, only a text in the server's language: the text
// can hasten the verdict that waiting is of no use, one that we cannot read costs a wait until the
// deadline.
std::string StateOfRefusal(const std::string& message) {
  auto says = [&](std::string_view text) { return message.find(text) != std::string::npos; };
  if (says("starting up") || says("shutting down") || says("recovery mode") ||
      says("not yet accepting")) {
    return "57P03";
  }
  if (says("database \"") && says("does not exist")) return "3D000";
  if (says("role \"") && says("does not exist")) return "28000";
  if (says("authentication failed") || says("no pg_hba.conf entry")) return "28P01";
  return "08001";
}

void DropNotice(void*, const PGresult*) {}

}  // namespace

absl::StatusOr<PGconn*> OpenConnection(const std::string& conninfo) {
  absl::StatusOr<std::map<std::string, std::string>> settings = Settings(conninfo);
  if (!settings.ok()) return settings.status();
  std::vector<const char*> keywords, values;
  for (const auto& [keyword, value] : *settings) {
    keywords.push_back(keyword.c_str());
    values.push_back(value.c_str());
  }
  keywords.push_back(nullptr);
  values.push_back(nullptr);
  PGconn* conn = PQconnectdbParams(keywords.data(), values.data(), /*expand_dbname=*/0);
  if (PQstatus(conn) != CONNECTION_OK) {
    std::string message(absl::StripSuffix(PQerrorMessage(conn), "\n"));
    PQfinish(conn);
    std::string state = StateOfRefusal(message);
    return MakeError({std::move(state), "", "", std::move(message)});
  }
  PQsetNoticeReceiver(conn, DropNotice, nullptr);
  return conn;
}

StatementCache::Entry* StatementCache::Find(std::string_view sql, const std::vector<Oid>& types) {
  auto found = entries_.find(absl::string_view(sql.data(), sql.size()));
  if (found == entries_.end()) {
    if (entries_.size() >= kMaxStatements) return nullptr;
    auto entry = std::make_unique<Entry>();
    entry->name = absl::StrCat("pdv", next_++);
    entry->types = types;
    found = entries_.emplace(std::string(sql), std::move(entry)).first;
  }
  Entry* entry = found->second.get();
  return entry->types == types ? entry : nullptr;
}

absl::Status Session::Impl::Lost() {
  broken = true;
  return MakeError({"08006", "", "", std::string(absl::StripSuffix(PQerrorMessage(conn), "\n"))});
}

absl::Status Session::Impl::ErrorFrom(const PGresult* result) {
  auto field = [result](int code) {
    const char* text = PQresultErrorField(result, code);
    return std::string(text == nullptr ? "" : text);
  };
  PgError error{field(PG_DIAG_SQLSTATE), field(PG_DIAG_CONSTRAINT_NAME), field(PG_DIAG_TABLE_NAME),
                field(PG_DIAG_MESSAGE_PRIMARY)};
  if (error.sqlstate.empty()) {
    if (PQstatus(conn) == CONNECTION_BAD) return Lost();
    error.message = std::string(absl::StripSuffix(PQresultErrorMessage(result), "\n"));
  }
  // 25006: this server has become a standby.
  if (error.sqlstate == "25006" || PQstatus(conn) == CONNECTION_BAD) broken = true;
  if (IsStalePlan(error)) statements.Forget();
  return MakeError(std::move(error));
}

absl::Status Session::Impl::AwaitInput(absl::Duration patience) {
  const int silence_ms = watchdog ? static_cast<int>(absl::ToInt64Milliseconds(patience)) : -1;
  while (PQisBusy(conn) != 0) {
    const int unsent = PQflush(conn);
    if (unsent < 0) return Lost();
    pollfd fd{PQsocket(conn), static_cast<short>(unsent > 0 ? POLLIN | POLLOUT : POLLIN), 0};
    const int ready = poll(&fd, 1, silence_ms);
    if (ready < 0 && errno != EINTR) return Lost();
    if (ready == 0) {
      broken = true;
      return MakeError({"08006", "", "", "the server has been silent for too long"});
    }
    if (ready > 0 && (fd.revents & (POLLIN | POLLHUP | POLLERR)) != 0 &&
        PQconsumeInput(conn) == 0) {
      return Lost();
    }
  }
  return absl::OkStatus();
}

}  // namespace pdv::pg
