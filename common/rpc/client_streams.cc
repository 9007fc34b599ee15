#include "common/rpc/client_streams.h"

#include <utility>

#include "common/rpc/wire.h"
#include "common/status/grpc_status.h"
#include "grpcpp/support/sync_stream.h"

namespace pdv::rpc {
namespace {

using google::protobuf::Message;
using Bytes = grpc::ByteBuffer;
using grpc::internal::RpcMethod;

// Both ends use gRPC's synchronous streams: the caller's thread does the waiting itself, so an open
// stream costs no thread but the one that reads it.
class Reader : public StreamReader {
 public:
  Reader(std::shared_ptr<grpc::Channel> channel, const std::string& path, const Message& request,
         const CallOptions& options)
      : channel_(std::move(channel)), answer_metadata_(options.answer_metadata) {
    result_ = Prepare(options, absl::InfiniteDuration(), &context_);
    Bytes bytes;
    if (result_.ok() && !Serialize(request, &bytes)) {
      result_ = absl::InvalidArgumentError("request too large");
    }
    ended_ = finished_ = !result_.ok();  // nothing was opened
    if (finished_) return;
    const RpcMethod method(path.c_str(), RpcMethod::SERVER_STREAMING);
    reader_.reset(grpc::internal::ClientReaderFactory<Bytes>::Create(channel_.get(), method,
                                                                     &context_, bytes));
  }
  // gRPC wants every stream read to its end.
  ~Reader() override {
    Cancel();
    Finish().IgnoreError();
  }

  bool Next(Message* message) override {
    Bytes bytes;
    if (ended_ || !reader_->Read(&bytes)) {
      ended_ = true;
      return false;
    }
    if (Parse(&bytes, message)) return true;
    broken_ = absl::InternalError("a message of the stream cannot be read");
    Cancel();
    return false;
  }

  absl::Status Finish() override {
    if (finished_) return result_;
    Bytes bytes;
    while (!ended_) ended_ = !reader_->Read(&bytes);
    const grpc::Status status = reader_->Finish();
    if (answer_metadata_ != nullptr) *answer_metadata_ = MetadataOf(context_);
    finished_ = true;
    return result_ = broken_.ok() ? status::FromGrpc(status) : broken_;
  }

  void Cancel() override { context_.TryCancel(); }

 private:
  std::shared_ptr<grpc::Channel> channel_;
  Metadata* answer_metadata_;
  grpc::ClientContext context_;
  std::unique_ptr<grpc::ClientReader<Bytes>> reader_;
  bool ended_ = false;
  bool finished_ = false;
  absl::Status broken_;
  absl::Status result_;
};

class Writer : public StreamWriter {
 public:
  Writer(std::shared_ptr<grpc::Channel> channel, const std::string& path,
         const CallOptions& options)
      : channel_(std::move(channel)), answer_metadata_(options.answer_metadata) {
    illegal_ = Prepare(options, absl::InfiniteDuration(), &context_);
    if (!illegal_.ok()) return;
    const RpcMethod method(path.c_str(), RpcMethod::CLIENT_STREAMING);
    writer_.reset(grpc::internal::ClientWriterFactory<Bytes>::Create(channel_.get(), method,
                                                                     &context_, &response_));
  }
  ~Writer() override {
    if (finished_ || writer_ == nullptr) return;
    Cancel();
    writer_->Finish();
  }

  bool Write(const Message& message) override {
    Bytes bytes;
    return writer_ != nullptr && Serialize(message, &bytes) && writer_->Write(bytes);
  }

  absl::Status Finish(Message* response) override {
    if (finished_) return absl::FailedPreconditionError("the stream was finished");
    finished_ = true;
    if (writer_ == nullptr) return illegal_;
    writer_->WritesDone();
    const grpc::Status status = writer_->Finish();
    if (answer_metadata_ != nullptr) *answer_metadata_ = MetadataOf(context_);
    if (!status.ok()) return status::FromGrpc(status);
    if (!Parse(&response_, response)) return absl::InternalError("the answer cannot be read");
    return absl::OkStatus();
  }

  void Cancel() override { context_.TryCancel(); }

 private:
  std::shared_ptr<grpc::Channel> channel_;
  Metadata* answer_metadata_;
  grpc::ClientContext context_;
  Bytes response_;
  std::unique_ptr<grpc::ClientWriter<Bytes>> writer_;
  bool finished_ = false;
  absl::Status illegal_;  // why nothing was opened
};

}  // namespace

std::shared_ptr<StreamReader> OpenReader(std::shared_ptr<grpc::Channel> channel,
                                         const std::string& path, const Message& request,
                                         const CallOptions& options) {
  return std::make_shared<Reader>(std::move(channel), path, request, options);
}

std::shared_ptr<StreamWriter> OpenWriter(std::shared_ptr<grpc::Channel> channel,
                                         const std::string& path, const CallOptions& options) {
  return std::make_shared<Writer>(std::move(channel), path, options);
}

}  // namespace pdv::rpc
