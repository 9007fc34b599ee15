#include "common/rpc/call.h"

#include <cstdlib>
#include <string_view>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_split.h"
#include "common/rpc/call_metadata.h"

namespace pdv::rpc {

bool Identity::HasRole(std::string_view wanted) const {
  for (absl::string_view one : absl::StrSplit(role, ',')) {
    if (absl::StripAsciiWhitespace(one) == absl::string_view(wanted.data(), wanted.size()))
      return true;
  }
  return false;
}

namespace {

// "actions=1234" -> "actions=", and 1234.
std::string_view Service(std::string_view position) {
  return position.substr(0, position.find('=') + 1);
}
int64_t Number(std::string_view position) {
  return std::atoll(std::string(position.substr(Service(position).size())).c_str());
}

}  // namespace

void Call::AddMetadata(std::string key, std::string value) {
  std::lock_guard lock(mu_);
  if (key == kPositionKey) {
    for (auto& [known, position] : metadata_) {
      if (known != key || Service(position) != Service(value)) continue;
      if (Number(value) > Number(position)) position = std::move(value);
      return;
    }
  }
  metadata_.emplace_back(std::move(key), std::move(value));
}

std::vector<std::pair<std::string, std::string>> Call::TakeMetadata() {
  std::lock_guard lock(mu_);
  return std::exchange(metadata_, {});
}

}  // namespace pdv::rpc
