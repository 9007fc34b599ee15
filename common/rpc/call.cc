#include "common/rpc/call.h"

#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_split.h"

namespace pdv::rpc {

bool Identity::HasRole(std::string_view wanted) const {
  for (absl::string_view one : absl::StrSplit(role, ',')) {
    if (absl::StripAsciiWhitespace(one) == absl::string_view(wanted.data(), wanted.size()))
      return true;
  }
  return false;
}

void Call::AddMetadata(std::string key, std::string value) {
  std::lock_guard lock(mu_);
  metadata_.emplace_back(std::move(key), std::move(value));
}

std::vector<std::pair<std::string, std::string>> Call::TakeMetadata() {
  std::lock_guard lock(mu_);
  return std::exchange(metadata_, {});
}

}  // namespace pdv::rpc
