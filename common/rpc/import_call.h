#ifndef PDV_COMMON_RPC_IMPORT_CALL_H_
#define PDV_COMMON_RPC_IMPORT_CALL_H_

#include <condition_variable>
#include <memory>
#include <mutex>

#include "common/rpc/served_call.h"
#include "common/rpc/stream.h"
#include "grpcpp/support/server_callback.h"

namespace pdv::rpc {

// One client stream: gRPC reads one message ahead of the handler, which pulls on the executor; so
// a fast client waits for a slow database, and nothing is buffered beyond one message.
class ImportCall : public grpc::ServerReadReactor<grpc::ByteBuffer>,
                   public StreamSource,
                   public std::enable_shared_from_this<ImportCall> {
 public:
  static ImportCall* Start(const ServedMethod& method, grpc::CallbackServerContext* context,
                           grpc::ByteBuffer* response);

  absl::StatusOr<MessagePtr> Next() override;

  void OnReadDone(bool ok) override;
  void OnCancel() override;
  void OnDone() override;

 private:
  ImportCall(const ServedMethod& method, grpc::CallbackServerContext* context,
             grpc::ByteBuffer* response);
  absl::Status Run();
  void Answer(absl::StatusOr<MessagePtr> answer);

  const ServedMethod& method_;
  grpc::CallbackServerContext* const context_;
  grpc::ByteBuffer* const response_;
  std::shared_ptr<ImportCall> self_;  // until gRPC is done
  std::unique_ptr<ServedCall> served_;

  std::mutex mu_;
  std::condition_variable arrived_;
  grpc::ByteBuffer reading_;  // owned by the read under way
  bool ready_ = false;        // reading_ holds a message
  bool ended_ = false;        // no further message will come
};

}  // namespace pdv::rpc

#endif  // PDV_COMMON_RPC_IMPORT_CALL_H_
