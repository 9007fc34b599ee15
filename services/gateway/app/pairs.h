#ifndef PDV_SERVICES_GATEWAY_APP_PAIRS_H_
#define PDV_SERVICES_GATEWAY_APP_PAIRS_H_

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "common/rpc/client.h"

namespace pdv::gateway {

// The four services that the gateway composes: one channel each. Immutable, thread-safe.
class Pairs {
 public:
  struct Pair {
    std::string nom;          // "contrats"
    std::string service;      // "pdv.contrats.v1.ContratsService"
    std::string adresse;      // "127.0.0.1:7401"
    std::shared_ptr<rpc::Channel> canal;
  };
  // INVALID_ARGUMENT when `adresses` ("contrats=host:port,…") lacks one of the four.
  static absl::StatusOr<Pairs> Ouvrir(const std::string& adresses);

  const std::vector<Pair>& tous() const { return pairs_; }
  const Pair& operator[](std::string_view nom) const;

 private:
  std::vector<Pair> pairs_;
};

// Calls to several services at once, on behalf of one call, under what remains of its deadline less a
// margin to answer. A service that cannot be reached is remembered, and does not fail the others. Made,
// used and waited for by one thread.
class Ensemble {
 public:
  Ensemble(const Pairs& pairs, const rpc::Call& call);
  ~Ensemble() { (void)Attendre(); }

  // Starts "GetContrat" of `service`. `response` is filled once Attendre returned and Repondu(…) is
  // true for the returned number.
  size_t Demander(std::string_view service, std::string_view methode,
                  const google::protobuf::Message& request,
                  std::shared_ptr<google::protobuf::Message> response);
  template <class Response>
  std::pair<size_t, std::shared_ptr<Response>> Demander(std::string_view service,
                                                        std::string_view methode,
                                                        const google::protobuf::Message& request) {
    auto response = std::make_shared<Response>();
    return {Demander(service, methode, request, response), response};
  }
  // Waits for all. An error that is not of the network (permission, invalid request…) is returned:
  // the first one.
  absl::Status Attendre();
  bool Repondu(size_t numero) const;
  const absl::Status& Statut(size_t numero) const;
  // Services that did not answer, in order of name.
  std::vector<std::string> Injoignables() const;

 private:
  struct Etat;  // shared with the callbacks
  const Pairs& pairs_;
  rpc::CallOptions options_;
  std::shared_ptr<Etat> etat_;
};

}  // namespace pdv::gateway

#endif  // PDV_SERVICES_GATEWAY_APP_PAIRS_H_
