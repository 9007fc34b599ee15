#ifndef PDV_COMMON_RPC_PROXY_STREAM_H_
#define PDV_COMMON_RPC_PROXY_STREAM_H_

#include <memory>

#include "common/rpc/proxied_call.h"
#include "grpcpp/support/client_callback.h"
#include "grpcpp/support/server_callback.h"

namespace pdv::rpc {

// One server stream, forwarded a message at a time: the next one is asked of the peer when the
// client took the last, so a slow client slows the peer and nothing piles up here.
class ProxyStream : public grpc::ServerWriteReactor<grpc::ByteBuffer>, public OpenStream {
 public:
  static ProxyStream* Start(const ProxiedMethod& method, grpc::CallbackServerContext* context,
                            const grpc::ByteBuffer* request);
  void OnWriteDone(bool ok) override;
  void OnCancel() override { call_.Cancel(); }
  void OnDone() override;
  void EndForDrain() override;

 private:
  // The end towards the peer. It is over before the stream is finished towards the client.
  class Upstream : public grpc::ClientBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer> {
   public:
    explicit Upstream(ProxyStream* proxy) : proxy_(proxy) {}
    void OnReadDone(bool ok) override { proxy_->Forward(ok); }
    void OnDone(const grpc::Status& status) override { proxy_->Close(status); }

   private:
    ProxyStream* const proxy_;
  };

  ProxyStream(const ProxiedMethod& method, grpc::CallbackServerContext* context)
      : call_(method, context), upstream_(this) {}
  void Forward(bool ok);
  void Close(const grpc::Status& status);

  ProxiedCall call_;
  Upstream upstream_;
  std::shared_ptr<ProxyStream> self_;  // until gRPC is done
  grpc::ByteBuffer request_;
  grpc::ByteBuffer message_;  // owned by the read or the write under way
  std::atomic<bool> stopping_{false};
};

}  // namespace pdv::rpc

#endif  // PDV_COMMON_RPC_PROXY_STREAM_H_
