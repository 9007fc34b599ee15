#ifndef PDV_COMMON_STATUS_DETAILS_H_
#define PDV_COMMON_STATUS_DETAILS_H_

#include <optional>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/strings/cord.h"
#include "absl/strings/string_view.h"
#include "google/protobuf/message.h"

namespace pdv::status {

// Abseil's string_view is a type of its own in Debian 12's build.
inline absl::string_view View(std::string_view text) { return {text.data(), text.size()}; }

// The details of google.rpc.Status travel inside an absl::Status as payloads under this URL, which
// is also the one that google.protobuf.Any gives them.
template <class Detail>
std::string TypeUrl() {
  return "type.googleapis.com/" + Detail::descriptor()->full_name();
}

template <class Detail>
void SetDetail(const Detail& detail, absl::Status* status) {
  status->SetPayload(TypeUrl<Detail>(), absl::Cord(detail.SerializeAsString()));
}

template <class Detail>
std::optional<Detail> GetDetail(const absl::Status& status) {
  const auto payload = status.GetPayload(TypeUrl<Detail>());
  Detail detail;
  if (!payload.has_value() || !detail.ParseFromString(std::string(*payload))) return std::nullopt;
  return detail;
}

}  // namespace pdv::status

#endif  // PDV_COMMON_STATUS_DETAILS_H_
