#include "common/rpc/call.h"

#include <utility>

namespace pdv::rpc {

void Call::AddMetadata(std::string key, std::string value) {
  std::lock_guard lock(mu_);
  metadata_.emplace_back(std::move(key), std::move(value));
}

std::vector<std::pair<std::string, std::string>> Call::TakeMetadata() {
  std::lock_guard lock(mu_);
  return std::exchange(metadata_, {});
}

}  // namespace pdv::rpc
