#include "common/rpc/unknown_method.h"

#include "common/status/error.h"
#include "common/status/grpc_status.h"

namespace pdv::rpc {
namespace {

class Refusal : public grpc::ServerGenericBidiReactor {
 public:
  explicit Refusal(grpc::Status status) { Finish(std::move(status)); }
  void OnDone() override { delete this; }
};

}  // namespace

grpc::ServerGenericBidiReactor* UnknownMethod::CreateReactor(
    grpc::GenericCallbackServerContext* context) {
  const absl::Status unknown =
      status::Error(absl::StatusCode::kUnimplemented, "METHODE_INCONNUE",
                    "Cette méthode n'existe pas dans cette version du service.")
          .With("methode", context->method());
  return new Refusal(status::ToGrpc(unknown, domain_));
}

}  // namespace pdv::rpc
