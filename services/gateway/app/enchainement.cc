#include "services/gateway/app/enchainement.h"

#include "absl/strings/str_cat.h"
#include "common/rpc/call_metadata.h"

namespace pdv::gateway {
Enchainement::~Enchainement() {
  for (const auto& [service, position] : positions_) call_.AddMetadata(rpc::kPositionKey, position);
}

absl::Status Enchainement::Appeler(std::string_view service, std::string_view methode,
                                   const google::protobuf::Message& request,
                                   google::protobuf::Message* response) {
  rpc::CallOptions options = rpc::CallOptions::OnBehalfOf(call_);
  for (const auto& [known, position] : positions_)
    options.metadata.emplace_back(rpc::kPositionKey, position);
  rpc::Metadata answered;
  options.answer_metadata = &answered;
  const Pairs::Pair& pair = pairs_[service];
  absl::Status status = pair.canal->Call(
      absl::StrCat(pair.service, "/", absl::string_view(methode.data(), methode.size())), request,
      response, options);
  rejoue_ = false;
  for (const auto& [key, value] : answered) {
    rejoue_ |= key == rpc::kReplayedKey;
    if (key == rpc::kPositionKey) positions_[value.substr(0, value.find('='))] = value;
  }
  return status;
}

}  // namespace pdv::gateway
