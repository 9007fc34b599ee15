#include "common/rpc/proxied_call.h"

#include <string_view>

#include "common/rpc/call_metadata.h"
#include "common/status/error.h"
#include "common/status/grpc_status.h"

namespace pdv::rpc {
namespace {

// gRPC itself writes this key from the status that is sent.
constexpr std::string_view kDetailsKey = "grpc-status-details-bin";

bool GoesForward(std::string_view key) {
  return key.starts_with("x-pdv-") || key == kTraceparentKey;
}

}  // namespace

absl::Status ProxiedCall::Open() {
  if (absl::Status open = served_.Open(); !open.ok()) return open;
  const Call& call = *served_.call();
  if (call.deadline != absl::InfiniteFuture()) {
    client_.set_deadline(absl::ToChronoTime(call.deadline));
  }
  client_.AddMetadata(kRequestIdKey, call.correlation_id);
  for (const auto& [key, value] : context_->client_metadata()) {
    if (!GoesForward({key.data(), key.size()})) continue;
    client_.AddMetadata({key.data(), key.size()}, {value.data(), value.size()});
  }
  return absl::OkStatus();
}

grpc::Status ProxiedCall::Close(const grpc::Status& status) {
  for (const auto& [key, value] : client_.GetServerTrailingMetadata()) {
    if (std::string_view(key.data(), key.size()) == kDetailsKey) continue;
    context_->AddTrailingMetadata({key.data(), key.size()}, {value.data(), value.size()});
  }
  if (status.ok()) return served_.Close(absl::OkStatus(), status);
  absl::Status reason = status::FromGrpc(status);
  if (!status.error_details().empty()) return served_.Close(reason, status);
  // Nobody worded it: it comes from the transport, or from the end of the caller's patience.
  switch (reason.code()) {
    case absl::StatusCode::kUnavailable:
      return served_.Close(status::Error(reason.code(), "SERVICE_INJOIGNABLE",
                                         "Le service ne répond pas ; réessayez dans un instant.")
                               .With("service", method_.served.descriptor->service()->full_name())
                               .RetryAfter(absl::Seconds(1)));
    case absl::StatusCode::kCancelled:
    case absl::StatusCode::kDeadlineExceeded:
      return served_.Close(reason);
    default:
      return served_.Close(reason, status);
  }
}

}  // namespace pdv::rpc
