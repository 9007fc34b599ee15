#ifndef PDV_COMMON_RPC_PROXY_IMPORT_H_
#define PDV_COMMON_RPC_PROXY_IMPORT_H_

#include <mutex>

#include "common/rpc/proxied_call.h"
#include "grpcpp/support/client_callback.h"
#include "grpcpp/support/server_callback.h"

namespace pdv::rpc {

// One client stream, forwarded a message at a time: the next one is read from the client when the
// peer took the last.
class ProxyImport : public grpc::ServerReadReactor<grpc::ByteBuffer> {
 public:
  static ProxyImport* Start(const ProxiedMethod& method, grpc::CallbackServerContext* context,
                            grpc::ByteBuffer* response);
  void OnReadDone(bool ok) override;
  void OnCancel() override { call_.Cancel(); }
  void OnDone() override { delete this; }

 private:
  // The end towards the peer. It is over before the call is finished towards the client.
  class Upstream : public grpc::ClientBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer> {
   public:
    explicit Upstream(ProxyImport* proxy) : proxy_(proxy) {}
    void OnReadDone(bool) override { proxy_->OnAnswer(); }
    void OnWriteDone(bool ok) override { proxy_->WriteEnded(ok); }
    void OnDone(const grpc::Status& status) override { proxy_->Close(status); }

   private:
    ProxyImport* const proxy_;
  };

  ProxyImport(const ProxiedMethod& method, grpc::CallbackServerContext* context,
              grpc::ByteBuffer* response)
      : context_(context), call_(method, context), upstream_(this), response_(response) {}
  void OnAnswer();
  void WriteEnded(bool ok);
  void Close(const grpc::Status& status);
  // The peer takes no more: gives up the hold once no write is under way.
  void ReleaseHold();

  grpc::CallbackServerContext* const context_;
  ProxiedCall call_;
  Upstream upstream_;
  grpc::ByteBuffer* const response_;
  grpc::ByteBuffer message_;  // owned by the read or the write under way

  std::mutex mu_;
  bool writing_ = false;  // an operation towards the peer is being started or is under way
  bool over_ = false;     // nothing more goes to the peer
  bool held_ = true;
};

}  // namespace pdv::rpc

#endif  // PDV_COMMON_RPC_PROXY_IMPORT_H_
