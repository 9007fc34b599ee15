#include "common/rpc/flags.h"

#include <algorithm>
#include <charconv>
#include <cstdlib>

namespace pdv::rpc {
namespace {

constexpr const char* kCommon[] = {"tls-cert",         "tls-key",        "tls-client-ca",
                                   "executor-threads", "executor-queue", "max-in-flight",
                                   "channelz"};
constexpr const char* kNumbers[] = {"executor-threads", "executor-queue", "max-in-flight"};

// "tls-cert" -> "PDV_TLS_CERT"
std::string Variable(std::string_view name) {
  std::string variable = "PDV_";
  for (const char c : name) variable.push_back(c == '-' ? '_' : static_cast<char>(toupper(c)));
  return variable;
}

bool IsNumber(const std::string& text, int* value) {
  const char* end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, *value);
  return read.ec == std::errc() && read.ptr == end && *value > 0;
}

}  // namespace

absl::StatusOr<Flags> Flags::Parse(int argc, const char* const* argv,
                                   const std::vector<std::string>& known) {
  Flags flags;
  std::vector<std::string> names = known;
  names.insert(names.end(), std::begin(kCommon), std::end(kCommon));
  for (const std::string& name : names) {
    if (const char* value = std::getenv(Variable(name).c_str())) flags.values_[name] = value;
  }
  std::string problems;
  for (int i = 1; i < argc; ++i) {
    const std::string_view argument = argv[i];
    if (!argument.starts_with("--")) {
      flags.positional_.emplace_back(argument);
      continue;
    }
    const size_t equal = std::min(argument.find('='), argument.size());
    const std::string name(argument.substr(2, equal - 2));
    if (std::find(names.begin(), names.end(), name) == names.end()) {
      problems += "\n  --" + name + " : option inconnue";
    } else if (equal == argument.size()) {
      problems += "\n  --" + name + " : s'écrit --" + name + "=valeur";
    } else {
      flags.values_[name] = argument.substr(equal + 1);
    }
  }
  for (const char* name : kNumbers) {
    int value = 0;
    if (flags.Has(name) && !IsNumber(flags.Get(name), &value)) {
      problems += "\n  --" + std::string(name) + " : un nombre entier positif est attendu";
    }
  }
  if (problems.empty()) return flags;
  std::string message = "arguments refusés :" + problems + "\noptions :";
  for (const std::string& name : names) message += " --" + name;
  return absl::InvalidArgumentError(message);
}

std::string Flags::Get(std::string_view name) const {
  const auto found = values_.find(name);
  return found == values_.end() ? "" : found->second;
}

int Flags::Number(std::string_view name, int otherwise) const {
  int value = 0;
  return IsNumber(Get(name), &value) ? value : otherwise;
}

rpc::ServerOptions Flags::ServerOptions(std::string_view service) const {
  rpc::ServerOptions options;
  options.service = service;
  options.listen = Get("listen");
  options.metrics_listen = Get("metrics");
  options.executor_threads = Number("executor-threads", options.executor_threads);
  options.executor_queue = Number("executor-queue", options.executor_queue);
  options.max_in_flight = Number("max-in-flight", options.max_in_flight);
  options.tls_cert = Get("tls-cert");
  options.tls_key = Get("tls-key");
  options.tls_client_ca = Get("tls-client-ca");
  options.channelz = Has("channelz");
  return options;
}

}  // namespace pdv::rpc
