#include "common/rpc/import_call.h"

#include <utility>

#include "absl/time/clock.h"
#include "common/rpc/wire.h"

namespace pdv::rpc {

ImportCall::ImportCall(const ServedMethod& method, grpc::CallbackServerContext* context,
                       grpc::ByteBuffer* response)
    : method_(method),
      context_(context),
      response_(response),
      served_(std::make_unique<ServedCall>(method, context)) {}

ImportCall* ImportCall::Start(const ServedMethod& method, grpc::CallbackServerContext* context,
                              grpc::ByteBuffer* response) {
  std::shared_ptr<ImportCall> call(new ImportCall(method, context, response));
  call->self_ = call;
  if (absl::Status run = call->Run(); !run.ok()) call->Answer(std::move(run));
  return call.get();
}

absl::Status ImportCall::Run() {
  if (absl::Status open = served_->Open(); !open.ok()) return open;
  absl::Status queued = served_->OnExecutor([self = shared_from_this()](absl::Status ready) {
    if (!ready.ok()) return self->Answer(std::move(ready));
    self->StartRead(&self->reading_);
    self->Answer(self->method_.entry->client_stream(self->served_->call(), *self));
  });
  return queued;
}

absl::StatusOr<MessagePtr> ImportCall::Next() {
  grpc::ByteBuffer bytes;
  {
    std::unique_lock lock(mu_);
    const auto arrived = [this] { return ready_ || ended_; };
    const absl::Time deadline = served_->call()->deadline;
    if (deadline == absl::InfiniteFuture()) {
      arrived_.wait(lock, arrived);
    } else if (!arrived_.wait_until(lock, absl::ToChronoTime(deadline), arrived)) {
      return TooLate();
    }
    if (!ready_) {
      // A client that was cut is not a client that has said everything.
      if (!served_->call()->cancelled() && !context_->IsCancelled()) return MessagePtr();
      if (absl::Now() >= deadline) return TooLate();
      return absl::CancelledError("the client is gone");
    }
    bytes.Swap(&reading_);
    ready_ = false;
  }
  StartRead(&reading_);  // the next one travels while this one is served
  return served_->Read(&bytes);
}

void ImportCall::OnReadDone(bool ok) {
  {
    std::lock_guard lock(mu_);
    (ok ? ready_ : ended_) = true;
  }
  arrived_.notify_all();
}

void ImportCall::OnCancel() { served_->call()->Cancel(); }

void ImportCall::Answer(absl::StatusOr<MessagePtr> answer) {
  absl::Status status = answer.status();
  if (status.ok()) {
    if (*answer == nullptr || !Serialize(**answer, response_)) {
      status = absl::InternalError("the answer cannot be written");
    } else {
      served_->CountSent(*response_);
    }
  }
  grpc::Status wire = served_->Close(status);
  Finish(std::move(wire));
}

void ImportCall::OnDone() {
  // The executor's task may hold the last reference for an instant: the call leaves now, not then.
  std::shared_ptr<ImportCall> self = std::move(self_);
  served_.reset();
}

}  // namespace pdv::rpc
