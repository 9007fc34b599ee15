#ifndef PDV_COMMON_RPC_RAW_SERVICE_H_
#define PDV_COMMON_RPC_RAW_SERVICE_H_

#include <functional>
#include <string>

#include "grpcpp/impl/service_type.h"
#include "grpcpp/server_context.h"
#include "grpcpp/support/byte_buffer.h"
#include "grpcpp/support/server_callback.h"

namespace pdv::rpc {

// A grpc::Service whose methods are added one by one, with handlers of bytes: what the generated
// WithRawCallbackMethod_ classes do, by name. The only user of grpc::internal's handlers. Methods
// are added before the service is registered; paths must outlive it.
class RawService : public grpc::Service {
 protected:
  using Bytes = grpc::ByteBuffer;
  using Context = grpc::CallbackServerContext;
  using Unary = std::function<grpc::ServerUnaryReactor*(Context*, const Bytes*, Bytes*)>;
  using ServerStream = std::function<grpc::ServerWriteReactor<Bytes>*(Context*, const Bytes*)>;
  using ClientStream = std::function<grpc::ServerReadReactor<Bytes>*(Context*, Bytes*)>;

  void AddUnary(const std::string& path, Unary start);
  void AddServerStream(const std::string& path, ServerStream start);
  void AddClientStream(const std::string& path, ClientStream start);

 private:
  int methods_ = 0;
};

}  // namespace pdv::rpc

#endif  // PDV_COMMON_RPC_RAW_SERVICE_H_
