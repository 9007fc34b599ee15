#include "common/rpc/stream_call.h"

#include <utility>

#include "absl/time/clock.h"
#include "common/rpc/wire.h"

namespace pdv::rpc {

using Reactor = grpc::ServerWriteReactor<grpc::ByteBuffer>;

StreamCall::StreamCall(const ServedMethod& method, grpc::CallbackServerContext* context)
    : method_(method), served_(std::make_unique<ServedCall>(method, context)) {
  call_ = served_->call();
}

StreamCall* StreamCall::Start(const ServedMethod& method, grpc::CallbackServerContext* context,
                              const grpc::ByteBuffer* request) {
  std::shared_ptr<StreamCall> stream(new StreamCall(method, context));
  stream->self_ = stream;
  if (absl::Status run = stream->Run(request); !run.ok()) stream->Finish(std::move(run));
  return stream.get();
}

absl::Status StreamCall::Run(const grpc::ByteBuffer* bytes) {
  if (absl::Status open = served_->Open(); !open.ok()) return open;
  absl::StatusOr<MessagePtr> request = served_->Read(const_cast<grpc::ByteBuffer*>(bytes));
  if (!request.ok()) return request.status();
  // A feed lives as long as its reader, so the drain ends it; an export is left to end by itself.
  const bool feed = method_.entry->kind == ServiceTable::Entry::Kind::kStream;
  if (feed && !method_.core->streams.Add(shared_from_this())) return Stopping();
  if (feed && !served_->must_wait()) {
    Handle(*std::move(request));
    return absl::OkStatus();
  }
  auto self = shared_from_this();
  return served_->OnExecutor([self, request = *std::move(request)](absl::Status ready) {
    if (!ready.ok()) return self->Finish(std::move(ready));
    self->Handle(request);
  });
}

void StreamCall::Handle(MessagePtr request) {
  if (done()) return;  // the client went away while the call waited for its turn
  method_.entry->stream(call_, std::move(request), shared_from_this());
}

bool StreamCall::TryWrite(MessagePtr message) {
  std::unique_lock lock(mu_);
  if (!Accepts() || !Room()) return false;
  Push(std::move(message));
  Advance(std::move(lock));
  return true;
}

bool StreamCall::HasRoom() const {
  std::lock_guard lock(mu_);
  return Accepts() && Room();
}

void StreamCall::Push(MessagePtr message) {
  const size_t bytes = message == nullptr ? 0 : message->ByteSizeLong();
  queued_bytes_ += bytes;
  queue_.push_back({std::move(message), bytes});
}

absl::Status StreamCall::Write(MessagePtr message) {
  std::unique_lock lock(mu_);
  const auto room = [this] { return !Accepts() || Room(); };
  if (call_->deadline == absl::InfiniteFuture()) {
    room_.wait(lock, room);
  } else if (!room_.wait_until(lock, absl::ToChronoTime(call_->deadline), room)) {
    return TooLate();
  }
  if (!Accepts()) return absl::CancelledError("the stream is over");
  Push(std::move(message));
  Advance(std::move(lock));
  return absl::OkStatus();
}

void StreamCall::Finish(absl::Status status) {
  std::unique_lock lock(mu_);
  if (finish_.has_value() || closing_) return;
  finish_ = std::move(status);
  // What was queued before an error is not worth sending: the reader resumes from what it has.
  if (!finish_->ok()) queue_.clear();
  room_.notify_all();
  Advance(std::move(lock));
}

void StreamCall::EndForDrain() { Finish(Stopping()); }

void StreamCall::Advance(std::unique_lock<std::mutex> lock) {
  if (busy_ || closing_) return;
  if (over_) queue_.clear();
  if (!queue_.empty()) {
    MessagePtr next = std::move(queue_.front().message);
    queued_bytes_ -= queue_.front().bytes;
    queue_.pop_front();
    busy_ = true;
    room_.notify_one();
    lock.unlock();
    return StartNext(std::move(next));
  }
  if (!finish_.has_value()) return;
  closing_ = true;
  over_ = true;
  const absl::Status status = *finish_;
  lock.unlock();
  grpc::Status wire = served_->Close(status);
  Reactor::Finish(std::move(wire));
}

void StreamCall::StartNext(MessagePtr message) {
  if (message == nullptr || !Serialize(*message, &writing_)) {
    {
      std::lock_guard lock(mu_);
      busy_ = false;
    }
    return Finish(absl::InternalError("a message of the stream cannot be written"));
  }
  served_->CountSent(writing_);
  StartWrite(&writing_);
}

void StreamCall::OnWriteDone(bool ok) {
  std::unique_lock lock(mu_);
  busy_ = false;
  if (!ok) {
    over_ = true;
    if (!finish_.has_value()) finish_ = absl::CancelledError("the client is gone");
    room_.notify_all();
  }
  Advance(std::move(lock));
}

void StreamCall::OnCancel() {
  call_->Cancel();
  {
    std::unique_lock lock(mu_);
    over_ = true;
    if (!finish_.has_value()) {
      finish_ =
          absl::Now() >= call_->deadline ? TooLate() : absl::CancelledError("the client is gone");
    }
    room_.notify_all();
    Advance(std::move(lock));
  }
  NotifyDone();
}

void StreamCall::OnDone() {
  method_.core->streams.Remove(this);
  NotifyDone();
  std::shared_ptr<StreamCall> self = std::move(self_);
  std::unique_ptr<ServedCall> served;
  {
    std::lock_guard lock(mu_);
    over_ = true;
    served = std::move(served_);
  }
}

void StreamCall::NotifyDone() {
  std::function<void()> callback;
  {
    std::lock_guard lock(mu_);
    notified_ = true;
    callback = std::exchange(on_done_, nullptr);
  }
  if (callback) callback();
}

void StreamCall::OnDone(std::function<void()> callback) {
  {
    std::lock_guard lock(mu_);
    if (!notified_) {
      on_done_ = std::move(callback);
      return;
    }
  }
  callback();
}

bool StreamCall::done() const {
  std::lock_guard lock(mu_);
  return over_ || finish_.has_value();
}

}  // namespace pdv::rpc
