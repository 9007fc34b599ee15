#include "common/rpc/client.h"

#include "absl/time/clock.h"
#include "common/rpc/call_metadata.h"
#include "common/rpc/client_streams.h"
#include "common/rpc/pem.h"
#include "common/rpc/wire.h"
#include "common/status/error.h"
#include "common/status/grpc_status.h"
#include "google/protobuf/empty.pb.h"
#include "google/protobuf/unknown_field_set.h"
#include "grpc/grpc.h"
#include "grpc/slice.h"
#include "grpcpp/generic/generic_stub.h"
#include "grpcpp/grpcpp.h"
#include "grpcpp/impl/client_unary_call.h"

namespace pdv::rpc {
namespace {

using google::protobuf::Message;
using google::protobuf::UnknownField;
constexpr absl::Duration kDefaultDeadline = absl::Seconds(60);
constexpr int kStreamWindowBytes = 512 * 1024;  // two lots of a feed

std::string PathOf(std::string_view method) {
  return method.starts_with('/') ? std::string(method) : "/" + std::string(method);
}

absl::Status Unreadable() { return absl::InternalError("the answer cannot be read"); }

grpc_slice SliceOf(const std::string& text) {
  return grpc_slice_from_static_buffer(text.data(), text.size());
}

// gRPC ends the process for what cannot travel.
bool IsLegal(const std::string& key, const std::string& value) {
  return grpc_header_key_is_legal(SliceOf(key)) != 0 &&
         (key.ends_with("-bin") || grpc_header_nonbin_value_is_legal(SliceOf(value)) != 0);
}

absl::Status Illegal(const std::string& key) {
  return status::Error(absl::StatusCode::kInvalidArgument, "METADONNEE_INVALIDE",
                       "Une métadonnée n'a que de l'ASCII imprimable : " + key + " a autre chose.")
      .With("cle", key);
}

// One asynchronous call: alive until its answer.
struct AsyncCall {
  grpc::ClientContext context;
  grpc::ByteBuffer request, response;
  std::shared_ptr<Message> message;
  Metadata* answer_metadata = nullptr;
  std::function<void(absl::Status)> done;

  void Finish(const grpc::Status& status) {
    if (answer_metadata != nullptr) *answer_metadata = MetadataOf(context);
    absl::Status result = status::FromGrpc(status);
    if (result.ok() && !Parse(&response, message.get())) result = Unreadable();
    done(std::move(result));
  }
};

class GrpcChannel : public Channel {
 public:
  explicit GrpcChannel(std::shared_ptr<grpc::Channel> channel)
      : channel_(std::move(channel)), stub_(channel_) {}

  absl::Status CallBlocking(const std::string& path, const Message& request, Message* response,
                            const CallOptions& options) override {
    grpc::ClientContext context;
    if (absl::Status legal = Prepare(options, kDefaultDeadline, &context); !legal.ok()) return legal;
    grpc::ByteBuffer sent, received;
    if (!Serialize(request, &sent)) return absl::InvalidArgumentError("request too large");
    const grpc::internal::RpcMethod method(path.c_str(), grpc::internal::RpcMethod::NORMAL_RPC);
    const grpc::Status status =
        grpc::internal::BlockingUnaryCall(channel_.get(), method, &context, sent, &received);
    if (options.answer_metadata != nullptr) *options.answer_metadata = MetadataOf(context);
    if (!status.ok()) return status::FromGrpc(status);
    return Parse(&received, response) ? absl::OkStatus() : Unreadable();
  }

  void CallAsync(std::string_view method, const Message& request, std::shared_ptr<Message> response,
                 const CallOptions& options, std::function<void(absl::Status)> done) override {
    auto call = std::make_shared<AsyncCall>();
    absl::Status legal = Prepare(options, kDefaultDeadline, &call->context);
    if (!legal.ok()) return done(std::move(legal));
    if (!Serialize(request, &call->request)) {
      return done(absl::InvalidArgumentError("request too large"));
    }
    call->message = std::move(response);
    call->answer_metadata = options.answer_metadata;
    call->done = std::move(done);
    stub_.UnaryCall(&call->context, PathOf(method), {}, &call->request, &call->response,
                    [call](const grpc::Status& status) { call->Finish(status); });
  }

  std::shared_ptr<StreamReader> Read(std::string_view method, const Message& request,
                                     const CallOptions& options) override {
    return OpenReader(channel_, PathOf(method), request, options);
  }
  std::shared_ptr<StreamWriter> Write(std::string_view method,
                                      const CallOptions& options) override {
    return OpenWriter(channel_, PathOf(method), options);
  }
  grpc::GenericStub& stub() override { return stub_; }

 private:
  std::shared_ptr<grpc::Channel> channel_;
  grpc::GenericStub stub_;
};

grpc::ChannelArguments Arguments(const ChannelOptions& options) {
  grpc::ChannelArguments arguments;
  arguments.SetMaxReceiveMessageSize(options.max_message_bytes);
  arguments.SetMaxSendMessageSize(-1);
  // Every violation of a large request travels in the status, that is in metadata.
  arguments.SetInt(GRPC_ARG_MAX_METADATA_SIZE, 1 << 20);
  // gRPC widens the window of every stream to what the network could carry, megabytes on one machine:
  // behind a reader that does not read, all of it is kept here. A fixed one bounds it.
  arguments.SetInt(GRPC_ARG_HTTP2_BDP_PROBE, 0);
  arguments.SetInt(GRPC_ARG_HTTP2_STREAM_LOOKAHEAD_BYTES, kStreamWindowBytes);
  arguments.SetInt(GRPC_ARG_KEEPALIVE_TIME_MS, 30'000);
  arguments.SetInt(GRPC_ARG_KEEPALIVE_TIMEOUT_MS, 10'000);
  arguments.SetInt(GRPC_ARG_INITIAL_RECONNECT_BACKOFF_MS, 100);
  arguments.SetInt(GRPC_ARG_MIN_RECONNECT_BACKOFF_MS, 100);
  arguments.SetInt(GRPC_ARG_MAX_RECONNECT_BACKOFF_MS, 2'000);
  // Retries are ours (by request_id), addresses are given: neither filter earns its cost.
  arguments.SetInt(GRPC_ARG_ENABLE_RETRIES, 0);
  arguments.SetInt(GRPC_ARG_SERVICE_CONFIG_DISABLE_RESOLUTION, 1);
  arguments.SetInt(GRPC_ARG_ENABLE_HTTP_PROXY, 0);
  return arguments;
}

absl::StatusOr<std::shared_ptr<grpc::ChannelCredentials>> Credentials(
    const ChannelOptions& options) {
  const bool known = !options.tls_cert.empty();
  if (known != !options.tls_key.empty())
    return absl::FailedPreconditionError("un certificat et sa clé vont ensemble");
  if (options.tls_ca.empty()) {
    if (known)
      return absl::FailedPreconditionError("un certificat sans autorité : tout serait en clair");
    return grpc::InsecureChannelCredentials();
  }
  grpc::SslCredentialsOptions ssl;
  for (const auto& [path, text] : {std::pair{&options.tls_ca, &ssl.pem_root_certs},
                                   std::pair{&options.tls_key, &ssl.pem_private_key},
                                   std::pair{&options.tls_cert, &ssl.pem_cert_chain}}) {
    if (path->empty()) continue;
    absl::StatusOr<std::string> pem = ReadPem(*path);
    if (!pem.ok()) return pem.status();
    *text = *std::move(pem);
  }
  return grpc::SslCredentials(ssl);
}

}  // namespace

CallOptions CallOptions::OnBehalfOf(const Call& call) {
  CallOptions options;
  options.deadline = call.deadline;
  const auto add = [&](const char* key, const std::string& value) {
    if (!value.empty()) options.metadata.emplace_back(key, value);
  };
  add(kRequestIdKey, call.correlation_id);
  add(kTraceparentKey, call.traceparent);
  for (auto& pair : rpc::MetadataOf(call.identity)) options.metadata.push_back(std::move(pair));
  for (const auto& [service, position] : call.positions) {
    add(kPositionKey, service + "=" + std::to_string(position));
  }
  return options;
}

absl::Status Prepare(const CallOptions& options, absl::Duration otherwise,
                     grpc::ClientContext* context) {
  const absl::Time deadline =
      options.deadline == absl::InfiniteFuture() ? absl::Now() + otherwise : options.deadline;
  if (deadline != absl::InfiniteFuture()) context->set_deadline(absl::ToChronoTime(deadline));
  context->set_wait_for_ready(options.wait_for_ready);
  for (const auto& [key, value] : options.metadata) {
    if (!IsLegal(key, value)) return Illegal(key);
    context->AddMetadata(key, value);
  }
  return absl::OkStatus();
}

Metadata MetadataOf(const grpc::ClientContext& context) {
  Metadata metadata;
  for (const auto& [key, value] : context.GetServerTrailingMetadata()) {
    metadata.emplace_back(std::string(key.data(), key.size()),
                          std::string(value.data(), value.size()));
  }
  return metadata;
}

absl::StatusOr<std::shared_ptr<Channel>> Channel::Open(const ChannelOptions& options) {
  auto credentials = Credentials(options);
  if (!credentials.ok()) return credentials.status();
  return std::make_shared<GrpcChannel>(
      grpc::CreateCustomChannel(options.address, *credentials, Arguments(options)));
}

std::shared_ptr<Channel> Channel::Open(const std::string& address) {
  ChannelOptions options;
  options.address = address;
  return *Open(options);  // in clear: there is no file to read
}

absl::Status Channel::Call(std::string_view method, const Message& request, Message* response,
                           const CallOptions& options) {
  return CallBlocking(PathOf(method), request, response, options);
}

absl::Status Channel::CheckHealth(const std::string& service, const CallOptions& options) {
  // HealthCheckRequest is {string service = 1}, its answer {enum status = 1} where SERVING is 1:
  // two fields that are not worth a generated file.
  google::protobuf::Empty request, response;
  request.GetReflection()->MutableUnknownFields(&request)->AddLengthDelimited(1, service);
  absl::Status called = Call("grpc.health.v1.Health/Check", request, &response, options);
  if (!called.ok()) return called;
  const auto& fields = response.GetReflection()->GetUnknownFields(response);
  for (int i = 0; i < fields.field_count(); ++i) {
    const UnknownField& field = fields.field(i);
    const bool status = field.number() == 1 && field.type() == UnknownField::TYPE_VARINT;
    if (status && field.varint() == 1) return absl::OkStatus();
  }
  return status::Error(absl::StatusCode::kUnavailable, "SERVICE_INJOIGNABLE",
                       "Le service n'est pas prêt.");
}

}  // namespace pdv::rpc
