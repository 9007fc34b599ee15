#include "common/rpc/unary_call.h"

#include <utility>

#include "common/rpc/wire.h"

namespace pdv::rpc {
namespace {

// A Reply answers once: the second answer is ignored, and a Reply that is dropped without an answer
// answers INTERNAL, so that no caller waits for a handler that forgot it.
class OnceReply {
 public:
  explicit OnceReply(UnaryCall* call) : call_(call) {}
  ~OnceReply() { (*this)(absl::InternalError("the handler dropped its reply")); }
  void operator()(absl::StatusOr<MessagePtr> answer) {
    if (UnaryCall* call = call_.exchange(nullptr)) call->Answer(std::move(answer));
  }

 private:
  std::atomic<UnaryCall*> call_;
};

}  // namespace

UnaryCall* UnaryCall::Start(const ServedMethod& method, grpc::CallbackServerContext* context,
                            const grpc::ByteBuffer* request, grpc::ByteBuffer* response) {
  auto* call = new UnaryCall(method, context, response);
  if (absl::Status run = call->Run(request); !run.ok()) call->Answer(std::move(run));
  return call;
}

// An error is the answer; after OK the answer belongs to the handler, and the call may be over.
absl::Status UnaryCall::Run(const grpc::ByteBuffer* bytes) {
  if (absl::Status open = served_.Open(); !open.ok()) return open;
  absl::StatusOr<MessagePtr> request = served_.Read(const_cast<grpc::ByteBuffer*>(bytes));
  if (!request.ok()) return request.status();
  const bool async = served_.method().entry->kind == ServiceTable::Entry::Kind::kAsync;
  if (async && !served_.must_wait()) {
    Handle(*std::move(request));
    return absl::OkStatus();
  }
  return served_.OnExecutor([this, request = *std::move(request)](absl::Status ready) {
    if (!ready.ok()) return Answer(std::move(ready));
    Handle(request);
  });
}

void UnaryCall::Handle(MessagePtr request) {
  const ServiceTable::Entry& entry = *served_.method().entry;
  if (entry.kind == ServiceTable::Entry::Kind::kBlocking) {
    return Answer(entry.blocking(served_.call(), std::move(request)));
  }
  auto once = std::make_shared<OnceReply>(this);
  entry.async(served_.call(), std::move(request),
              [once](absl::StatusOr<MessagePtr> answer) { (*once)(std::move(answer)); });
}

void UnaryCall::Answer(absl::StatusOr<MessagePtr> answer) {
  absl::Status status = answer.status();
  if (status.ok()) {
    if (*answer == nullptr || !Serialize(**answer, response_)) {
      status = absl::InternalError("the answer cannot be written");
    } else {
      served_.CountSent(*response_);
    }
  }
  grpc::Status wire = served_.Close(status);
  // The last touch: the call may be deleted before this returns.
  Finish(std::move(wire));
}

}  // namespace pdv::rpc
