#include "common/rpc/proxy_stream.h"

#include <utility>

namespace pdv::rpc {

ProxyStream* ProxyStream::Start(const ProxiedMethod& method, grpc::CallbackServerContext* context,
                                const grpc::ByteBuffer* request) {
  std::shared_ptr<ProxyStream> proxy(new ProxyStream(method, context));
  ProxyStream* raw = proxy.get();
  proxy->self_ = proxy;
  absl::Status open = proxy->call_.Open();
  if (open.ok() && !method.served.core->streams.Add(proxy)) open = Stopping();
  if (!open.ok()) {
    grpc::Status refused = proxy->call_.Close(open);
    raw->Finish(std::move(refused));
    return raw;
  }
  raw->call_.CountReceived(*request);
  raw->request_ = *request;
  method.stub().PrepareBidiStreamingCall(raw->call_.client(), method.served.path, {},
                                         &raw->upstream_);
  // Reads are asked for from the other end's reactions: the hold keeps this one open meanwhile.
  raw->upstream_.AddHold();
  raw->upstream_.StartWriteLast(&raw->request_, grpc::WriteOptions());
  raw->upstream_.StartRead(&raw->message_);
  raw->upstream_.StartCall();
  return raw;
}

void ProxyStream::Forward(bool ok) {
  if (!ok) return upstream_.RemoveHold();  // the peer's status follows
  call_.CountSent(message_);
  StartWrite(&message_);
}

void ProxyStream::OnWriteDone(bool ok) {
  // The client is gone: the peer is told, and the read ends for it.
  if (!ok) call_.Cancel();
  upstream_.StartRead(&message_);
}

void ProxyStream::Close(const grpc::Status& status) {
  grpc::Status wire = stopping_ && status.error_code() == grpc::StatusCode::CANCELLED
                          ? call_.Close(Stopping())
                          : call_.Close(status);
  Finish(std::move(wire));
}

void ProxyStream::EndForDrain() {
  stopping_ = true;
  call_.client()->TryCancel();
}

void ProxyStream::OnDone() {
  call_.method().served.core->streams.Remove(this);
  std::shared_ptr<ProxyStream> self = std::move(self_);
}

}  // namespace pdv::rpc
