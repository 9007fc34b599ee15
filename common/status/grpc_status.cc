#include "common/status/grpc_status.h"

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

}  // namespace

google::rpc::Status ToRpcStatus(const absl::Status& status, std::string_view domain) {
  google::rpc::Status rpc;
  if (status.ok()) return rpc;
  auto info = GetDetail<ErrorInfo>(status);
  if (!info.has_value() || info->reason().empty()) return ToRpcStatus(Neutral(status), domain);
  rpc.set_code(static_cast<int>(status.code()));
  rpc.set_message(std::string(status.message()));
  // A peer's error keeps the peer's domain: its reason belongs to the peer's enum.
  if (info->domain().empty()) info->set_domain(std::string(domain));
  AddDetail(*info, &rpc);
  CopyDetail<google::rpc::BadRequest>(status, &rpc);
  CopyDetail<google::rpc::PreconditionFailure>(status, &rpc);
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
