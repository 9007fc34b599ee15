#ifndef PDV_SERVICES_GATEWAY_APP_ENCHAINEMENT_H_
#define PDV_SERVICES_GATEWAY_APP_ENCHAINEMENT_H_

#include <map>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "services/gateway/app/pairs.h"

namespace pdv::gateway {

// Calls one after the other on behalf of one call: each sees what those before it changed, in
// whatever service (position tokens), and so will the caller. Used by one thread.
class Enchainement {
 public:
  Enchainement(const Pairs& pairs, rpc::Call& call) : pairs_(pairs), call_(call) {}
  // Hands the positions to the caller.
  ~Enchainement();

  template <class Response>
  absl::StatusOr<Response> Appeler(std::string_view service, std::string_view methode,
                                   const google::protobuf::Message& request) {
    Response response;
    absl::Status status = Appeler(service, methode, request, &response);
    if (!status.ok()) return status;
    return response;
  }

  // True if the last call was answered as it was before: it did nothing this time, and what it
  // tells may have changed since.
  bool rejoue() const { return rejoue_; }

 private:
  absl::Status Appeler(std::string_view service, std::string_view methode,
                       const google::protobuf::Message& request,
                       google::protobuf::Message* response);

  const Pairs& pairs_;
  rpc::Call& call_;
  std::map<std::string, std::string> positions_;  // service -> "actions=1234"
  bool rejoue_ = false;
};

}  // namespace pdv::gateway

#endif  // PDV_SERVICES_GATEWAY_APP_ENCHAINEMENT_H_
