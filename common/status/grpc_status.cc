#include "common/status/grpc_status.h"

#include <algorithm>
#include <string>

#include "common/status/details.h"
#include "common/status/error.h"
#include "google/rpc/error_details.pb.h"

namespace pdv::status {
namespace {

using google::rpc::ErrorInfo;
using google::rpc::LocalizedMessage;

template <class Detail>
void AddDetail(const Detail& detail, google::rpc::Status* rpc) {
  google::protobuf::Any* any = rpc->add_details();
  any->set_type_url(TypeUrl<Detail>());
  detail.SerializeToString(any->mutable_value());
}

// Only the details of AIP-193 leave: any other payload (a driver's diagnostic) is for our logs.
template <class Detail>
void CopyDetail(const absl::Status& status, google::rpc::Status* rpc) {
  if (const auto detail = GetDetail<Detail>(status)) AddDetail(*detail, rpc);
}

// What leaves in place of an error that nobody worded: the transport's own codes keep their sense
// (the client decides by them whether to retry), everything else is our fault.
absl::Status Neutral(const absl::Status& status) {
  switch (status.code()) {
    case absl::StatusCode::kCancelled:
      return Error(status.code(), "APPEL_ANNULE", "L'appel a été annulé.");
    case absl::StatusCode::kDeadlineExceeded:
      return Error(status.code(), "DELAI_DEPASSE", "Le délai de l'appel est dépassé.");
    case absl::StatusCode::kUnavailable:
      return Error(status.code(), "SERVICE_INJOIGNABLE",
                   "Le service ne répond pas ; réessayez dans un instant.");
    default:
      return Error(absl::StatusCode::kInternal, "ERREUR_INTERNE",
                   "Une erreur interne est survenue ; elle a été consignée.");
  }
}

// The details travel in HTTP/2 metadata, of which gRPC clients accept 8 KiB unless told otherwise:
// beyond, the client would see RESOURCE_EXHAUSTED instead of the error. The message is in there
// three times, percent-encoded once.
constexpr size_t kLongestDetails = 4500;
constexpr size_t kLongestMessage = 300;  // in bytes

// The beginning of a text, cut between two characters.
std::string Shortened(std::string_view text) {
  if (text.size() <= kLongestMessage) return std::string(text);
  size_t end = kLongestMessage;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  return std::string(text.substr(0, end)) + "…";
}

// Drops the last violations until the list fits, and returns how many.
template <class List>
int Trim(List* list, size_t room) {
  size_t size = 0;
  int kept = 0;
  while (kept < list->size() && (size += list->Get(kept).ByteSizeLong() + 3) <= room) ++kept;
  const int dropped = list->size() - kept;
  list->DeleteSubrange(kept, dropped);
  return dropped;
}

}  // namespace

google::rpc::Status ToRpcStatus(const absl::Status& status, std::string_view domain) {
  google::rpc::Status rpc;
  if (status.ok()) return rpc;
  auto info = GetDetail<ErrorInfo>(status);
  if (!info.has_value() || info->reason().empty()) return ToRpcStatus(Neutral(status), domain);
  rpc.set_code(static_cast<int>(status.code()));
  const absl::string_view message = status.message();
  rpc.set_message(Shortened({message.data(), message.size()}));
  // A peer's error keeps the peer's domain: its reason belongs to the peer's enum.
  if (info->domain().empty()) info->set_domain(std::string(domain));
  auto bad = GetDetail<google::rpc::BadRequest>(status);
  auto failure = GetDetail<google::rpc::PreconditionFailure>(status);
  const size_t room = kLongestDetails - std::min(kLongestDetails, info->ByteSizeLong());
  int dropped = bad.has_value() ? Trim(bad->mutable_field_violations(), room) : 0;
  if (failure.has_value()) {
    const size_t used = bad.has_value() ? bad->ByteSizeLong() : 0;
    dropped += Trim(failure->mutable_violations(), room - std::min(room, used));
  }
  if (dropped > 0) (*info->mutable_metadata())["violations_omises"] = std::to_string(dropped);
  AddDetail(*info, &rpc);
  if (bad.has_value()) AddDetail(*bad, &rpc);
  if (failure.has_value()) AddDetail(*failure, &rpc);
  CopyDetail<google::rpc::RetryInfo>(status, &rpc);
  LocalizedMessage localized;
  localized.set_locale("fr-FR");
  localized.set_message(rpc.message());
  AddDetail(localized, &rpc);
  return rpc;
}

grpc::Status ToGrpc(const absl::Status& status, std::string_view domain) {
  if (status.ok()) return grpc::Status::OK;
  const google::rpc::Status rpc = ToRpcStatus(status, domain);
  return grpc::Status(static_cast<grpc::StatusCode>(rpc.code()), rpc.message(),
                      rpc.SerializeAsString());
}

absl::Status FromGrpc(const grpc::Status& status) {
  if (status.ok()) return absl::OkStatus();
  absl::Status result(static_cast<absl::StatusCode>(status.error_code()), status.error_message());
  google::rpc::Status rpc;
  if (!rpc.ParseFromString(status.error_details())) return result;
  for (const google::protobuf::Any& any : rpc.details()) {
    result.SetPayload(any.type_url(), absl::Cord(any.value()));
  }
  return result;
}

}  // namespace pdv::status
