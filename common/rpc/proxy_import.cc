#include "common/rpc/proxy_import.h"

#include <utility>

namespace pdv::rpc {

ProxyImport* ProxyImport::Start(const ProxiedMethod& method, grpc::CallbackServerContext* context,
                                grpc::ByteBuffer* response) {
  auto* proxy = new ProxyImport(method, context, response);
  if (absl::Status open = proxy->call_.Open(); !open.ok()) {
    grpc::Status refused = proxy->call_.Close(open);
    proxy->Finish(std::move(refused));
    return proxy;
  }
  method.stub().PrepareBidiStreamingCall(proxy->call_.client(), method.served.path, {},
                                         &proxy->upstream_);
  // Writes are asked for from the other end's reactions: the hold keeps this one open meanwhile.
  proxy->upstream_.AddHold();
  proxy->upstream_.StartRead(response);
  proxy->upstream_.StartCall();
  proxy->StartRead(&proxy->message_);
  return proxy;
}

// A message of the client, or its last word.
void ProxyImport::OnReadDone(bool ok) {
  {
    std::lock_guard lock(mu_);
    if (over_) return;  // the peer has answered: what the client still says is of no use
    writing_ = true;
    over_ = !ok;
  }
  if (ok) {
    call_.CountReceived(message_);
    return upstream_.StartWrite(&message_);
  }
  // A client that was cut has not said everything: the peer must not take it for the end.
  if (context_->IsCancelled()) {
    call_.Cancel();
  } else {
    upstream_.StartWritesDone();
  }
  WriteEnded(true);
}

void ProxyImport::WriteEnded(bool ok) {
  bool more = false;
  {
    std::lock_guard lock(mu_);
    writing_ = false;
    over_ = over_ || !ok;
    more = !over_;
  }
  if (more) StartRead(&message_);
  ReleaseHold();
}

// The peer answered, or will say no more.
void ProxyImport::OnAnswer() {
  {
    std::lock_guard lock(mu_);
    over_ = true;
  }
  ReleaseHold();
}

void ProxyImport::ReleaseHold() {
  {
    std::lock_guard lock(mu_);
    if (!over_ || writing_ || !held_) return;
    held_ = false;
  }
  upstream_.RemoveHold();
}

void ProxyImport::Close(const grpc::Status& status) {
  // gRPC must not be given an answer that the peer forgot.
  const bool forgotten = status.ok() && !response_->Valid();
  if (status.ok() && !forgotten) call_.CountSent(*response_);
  grpc::Status wire =
      forgotten ? call_.Close(absl::InternalError("the peer gave no answer")) : call_.Close(status);
  Finish(std::move(wire));
}

}  // namespace pdv::rpc
