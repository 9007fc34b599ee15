#include "services/gateway/app/enchainement.h"

#include "absl/strings/str_cat.h"

namespace pdv::gateway {
namespace {

constexpr char kPosition[] = "x-pdv-position";

}  // namespace

Enchainement::~Enchainement() {
  for (const auto& [service, position] : positions_) call_.AddMetadata(kPosition, position);
}

absl::Status Enchainement::Appeler(std::string_view service, std::string_view methode,
                                   const google::protobuf::Message& request,
                                   google::protobuf::Message* response) {
  rpc::CallOptions options = rpc::CallOptions::OnBehalfOf(call_);
  for (const auto& [known, position] : positions_)
    options.metadata.emplace_back(kPosition, position);
  rpc::Metadata answered;
  options.answer_metadata = &answered;
  const Pairs::Pair& pair = pairs_[service];
  absl::Status status = pair.canal->Call(
      absl::StrCat(pair.service, "/", absl::string_view(methode.data(), methode.size())), request,
      response, options);
  for (const auto& [key, value] : answered) {
    if (key == kPosition) positions_[value.substr(0, value.find('='))] = value;
  }
  return status;
}

}  // namespace pdv::gateway
