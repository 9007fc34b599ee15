#include "common/rpc/served_call.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/time/clock.h"
#include "common/rpc/call_metadata.h"
#include "common/rpc/log.h"
#include "common/rpc/wire.h"
#include "common/status/error.h"
#include "common/status/grpc_status.h"
#include "common/status/roles.h"
#include "common/validate/mask.h"
#include "common/validate/validator.h"

namespace pdv::rpc {
namespace {

constexpr size_t kLongestRequestId = 100;

absl::Status Unreadable() {
  return status::Error(absl::StatusCode::kInvalidArgument, "REQUETE_ILLISIBLE",
                       "La requête n'a pas pu être décodée.");
}

// Rules of the idempotency key that depend on the method, not on the message (AIP-155).
void CheckRequestId(const ServedMethod& method, const google::protobuf::Message& request,
                    std::vector<status::Violation>* violations) {
  if (method.request_id == nullptr) return;
  std::string scratch;
  const std::string& id =
      request.GetReflection()->GetStringReference(request, method.request_id, &scratch);
  if (id.empty() && method.options.request_id_required()) {
    violations->push_back({"request_id", "CHAMP_OBLIGATOIRE",
                           "Un identifiant de requête est obligatoire pour cette opération."});
  }
  if (id.size() > kLongestRequestId) {
    violations->push_back({"request_id", "TEXTE_TROP_LONG",
                           "L'identifiant de requête compte au plus 100 caractères."});
  }
}

// Who may, as the method's options declare it.
absl::Status CheckRole(const ServedMethod& method, const Identity& identity) {
  const auto& roles = method.options.roles();
  if (roles.empty()) return absl::OkStatus();
  for (const std::string& role : roles) {
    if (identity.HasRole(role)) return absl::OkStatus();
  }
  const std::vector<std::string_view> wanted(roles.begin(), roles.end());
  return status::Error(
             absl::StatusCode::kPermissionDenied, "ROLE_INSUFFISANT",
             absl::StrCat("Cette opération demande ", status::UnDesRoles(wanted), " ; l'appelant ",
                          identity.role.empty() ? "n'en a aucun" : "a " + identity.role, "."))
      .With("roles", absl::StrJoin(roles, ", "))
      .Build();
}

}  // namespace

ServedCall::ServedCall(const ServedMethod& method, grpc::CallbackServerContext* context)
    : method_(method), context_(context) {
  call_->method = method.descriptor;
}

ServedCall::~ServedCall() { method_.core->in_flight.fetch_sub(1, std::memory_order_acq_rel); }

absl::Status ServedCall::Open() {
  Core& core = *method_.core;
  const int before = core.in_flight.fetch_add(1, std::memory_order_acq_rel);
  if (absl::Status read = ReadMetadata(*context_, call_.get()); !read.ok()) return read;
  if (core.draining.load(std::memory_order_acquire)) return Stopping();
  if (before >= core.options.max_in_flight) return Overloaded();
  // A stream may live as long as its reader; a question has an end.
  if (call_->deadline == absl::InfiniteFuture() && !method_.descriptor->server_streaming() &&
      !method_.descriptor->client_streaming()) {
    call_->deadline = call_->received + core.options.default_deadline;
  }
  if (call_->received >= call_->deadline) return TooLate();
  if (absl::Status allowed = CheckRole(method_, call_->identity); !allowed.ok()) return allowed;
  return core.options.authorize ? core.options.authorize(*call_, method_.options.permission())
                                : absl::OkStatus();
}

absl::StatusOr<MessagePtr> ServedCall::Read(grpc::ByteBuffer* bytes) {
  CountReceived(*bytes);
  std::shared_ptr<google::protobuf::Message> request(method_.request->New());
  if (!Parse(bytes, request.get())) return Unreadable();
  std::vector<status::Violation> violations = validate::Check(*request);
  CheckRequestId(method_, *request, &violations);
  if (LogEnabled(Level::kDebug)) request_ = request;
  if (violations.empty()) return MessagePtr(std::move(request));
  return status::InvalidRequest(std::move(violations));
}

bool ServedCall::must_wait() const {
  return !call_->positions.empty() && method_.core->options.wait_for_positions != nullptr;
}

absl::Status ServedCall::OnExecutor(std::function<void(absl::Status ready)> work) {
  // The task holds what outlives this object: a cancelled stream may be over before its turn.
  auto task = [core = method_.core, call = call_, wait = must_wait(),
               work = std::move(work)](bool expired) {
    // A caller that is gone, or no longer waits, is not worth a thread's time.
    if (call->cancelled()) return work(absl::CancelledError("the client is gone"));
    if (expired) return work(absl::Now() >= call->deadline ? TooLate() : Stopping());
    work(wait ? core->options.wait_for_positions(*call) : absl::OkStatus());
  };
  return method_.core->executor.Submit(call_->deadline, std::move(task)) ? absl::OkStatus()
                                                                         : Overloaded();
}

grpc::Status ServedCall::Close(const absl::Status& status) {
  return Close(status, status::ToGrpc(status, method_.core->domain));
}

grpc::Status ServedCall::Close(const absl::Status& status, grpc::Status wire) {
  for (const auto& [key, value] : call_->TakeMetadata()) context_->AddTrailingMetadata(key, value);
  const absl::Duration duration = absl::Now() - call_->received;
  const auto sent = static_cast<absl::StatusCode>(wire.error_code());
  method_.metrics->Record(sent, duration);
  WriteLog(status, sent, duration);
  return wire;
}

void ServedCall::WriteLog(const absl::Status& status, absl::StatusCode sent,
                          absl::Duration duration) const {
  const bool ours = sent == absl::StatusCode::kInternal || sent == absl::StatusCode::kUnknown ||
                    sent == absl::StatusCode::kDataLoss;
  const Level level = ours                                         ? Level::kError
                      : !status.ok() || method_.options.mutation() ? Level::kInfo
                                                                   : Level::kDebug;
  if (!LogEnabled(level)) return;
  const std::string code = status.ok() ? "OK" : absl::StatusCodeToString(sent);
  const std::string reason = status::ReasonOf(status);
  std::vector<LogField> fields = {{"method", method_.name()},
                                  {"code", code},
                                  {"duration_us", absl::ToInt64Microseconds(duration)},
                                  {"correlation_id", call_->correlation_id},
                                  {"acteur", call_->identity.acteur},
                                  {"request_bytes", received_.load()},
                                  {"response_bytes", sent_.load()}};
  if (!call_->traceparent.empty()) fields.push_back({"traceparent", call_->traceparent});
  if (!reason.empty()) fields.push_back({"reason", reason});
  // What nobody worded never leaves the process: this line is the only place that says it.
  const std::string detail(status.message());
  if (!status.ok() && reason.empty()) fields.push_back({"detail", detail});
  std::string content;
  if (!status.ok() && request_ != nullptr) {
    content = validate::MaskSecrets(*request_);
    fields.push_back({"request", Json{content}});
  }
  Log(level, "rpc", fields);
}

}  // namespace pdv::rpc
