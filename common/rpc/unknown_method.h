#ifndef PDV_COMMON_RPC_UNKNOWN_METHOD_H_
#define PDV_COMMON_RPC_UNKNOWN_METHOD_H_

#include <string>
#include <utility>

#include "grpcpp/generic/async_generic_service.h"

namespace pdv::rpc {

// Answers every method that no service has: UNIMPLEMENTED / METHODE_INCONNUE, with the details that
// every other error has. `domain`: of ErrorInfo.
class UnknownMethod : public grpc::CallbackGenericService {
 public:
  explicit UnknownMethod(std::string domain) : domain_(std::move(domain)) {}
  grpc::ServerGenericBidiReactor* CreateReactor(
      grpc::GenericCallbackServerContext* context) override;

 private:
  const std::string domain_;
};

}  // namespace pdv::rpc

#endif  // PDV_COMMON_RPC_UNKNOWN_METHOD_H_
