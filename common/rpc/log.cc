#include "common/rpc/log.h"

#include <cstdlib>
#include <memory>
#include <mutex>

#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "spdlog/async.h"
#include "spdlog/sinks/stdout_sinks.h"
#include "spdlog/spdlog.h"

namespace pdv::rpc {
namespace {

constexpr size_t kQueue = 8192;

struct Logger {
  std::string service = "pdv";
  std::shared_ptr<spdlog::details::thread_pool> pool;
  std::shared_ptr<spdlog::async_logger> lines;
};

spdlog::level::level_enum ToSpdlog(Level level) {
  switch (level) {
    case Level::kDebug:
      return spdlog::level::debug;
    case Level::kInfo:
      return spdlog::level::info;
    case Level::kWarning:
      return spdlog::level::warn;
    case Level::kError:
      break;
  }
  return spdlog::level::err;
}

const char* NameOf(Level level) {
  constexpr const char* kNames[] = {"debug", "info", "warning", "error"};
  return kNames[static_cast<int>(level)];
}

Logger& Get() {
  // Never destroyed: lines may be written while static objects die.
  static Logger* logger = [] {
    auto* made = new Logger;
    made->pool = std::make_shared<spdlog::details::thread_pool>(kQueue, 1);
    made->lines = std::make_shared<spdlog::async_logger>(
        "pdv", std::make_shared<spdlog::sinks::stderr_sink_mt>(), made->pool,
        spdlog::async_overflow_policy::overrun_oldest);
    made->lines->set_pattern("%v");
    const char* level = std::getenv("PDV_LOG_LEVEL");
    made->lines->set_level(level == nullptr ? spdlog::level::info : spdlog::level::from_str(level));
    return made;
  }();
  return *logger;
}

void AppendText(std::string_view text, std::string* line) {
  constexpr char kHex[] = "0123456789abcdef";
  line->push_back('"');
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      line->push_back('\\');
      line->push_back(c);
    } else if (static_cast<unsigned char>(c) < 0x20) {
      line->append("\\u00");
      line->push_back(kHex[c >> 4]);
      line->push_back(kHex[c & 15]);
    } else {
      line->push_back(c);
    }
  }
  line->push_back('"');
}

void AppendField(const LogField& field, std::string* line) {
  line->append(",\"").append(field.key).append("\":");
  if (const auto* text = std::get_if<std::string_view>(&field.value)) {
    AppendText(*text, line);
  } else if (const auto* number = std::get_if<int64_t>(&field.value)) {
    line->append(std::to_string(*number));
  } else {
    line->append(std::get<Json>(field.value).text);
  }
}

}  // namespace

void SetLogService(std::string_view service) { Get().service = service; }

bool LogEnabled(Level level) { return Get().lines->should_log(ToSpdlog(level)); }

void Log(Level level, std::string_view event, const std::vector<LogField>& fields) {
  Logger& logger = Get();
  if (!logger.lines->should_log(ToSpdlog(level))) return;
  std::string line = "{\"ts\":\"";
  line.reserve(320);
  line.append(absl::FormatTime("%Y-%m-%dT%H:%M:%E6SZ", absl::Now(), absl::UTCTimeZone()));
  line.append("\",\"level\":\"").append(NameOf(level)).append("\",\"service\":");
  AppendText(logger.service, &line);
  line.append(",\"event\":");
  AppendText(event, &line);
  for (const LogField& field : fields) AppendField(field, &line);
  line.push_back('}');
  logger.lines->log(ToSpdlog(level), spdlog::string_view_t(line.data(), line.size()));
}

void FlushLog() {
  // The queue is in order: once this flush was carried out, everything before it was written.
  Get().lines->flush();
  while (Get().pool->queue_size() > 0) absl::SleepFor(absl::Milliseconds(1));
  absl::SleepFor(absl::Milliseconds(5));
}

}  // namespace pdv::rpc
