#ifndef PDV_COMMON_RPC_LOG_H_
#define PDV_COMMON_RPC_LOG_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace pdv::rpc {

enum class Level { kDebug, kInfo, kWarning, kError };

// A value of a log line; `json` is inserted as it is.
struct Json {
  std::string text;
};
struct LogField {
  std::string_view key;
  std::variant<std::string_view, int64_t, Json> value;
};

// Writes one JSON line to stderr: {"ts":…,"level":…,"service":…,"event":…, fields…}. Never blocks
// the caller: a queue and a thread of its own; the oldest lines are dropped when stderr does not
// follow. Nothing secret may be given (mask messages with validate::MaskSecrets). Thread-safe.
void Log(Level level, std::string_view event, const std::vector<LogField>& fields = {});
// Whether a line of this level would be written (environment PDV_LOG_LEVEL: debug, info, warning,
// error; info by default).
bool LogEnabled(Level level);
// Name of this process in every line. Call once, early.
void SetLogService(std::string_view service);
// Writes what is queued, at the end of main.
void FlushLog();

}  // namespace pdv::rpc

#endif  // PDV_COMMON_RPC_LOG_H_
