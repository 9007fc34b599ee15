#ifndef PDV_SERVICES_PDVCTL_EXEMPLE_EXECUTANT_H_
#define PDV_SERVICES_PDVCTL_EXEMPLE_EXECUTANT_H_

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <utility>

#include "absl/status/status.h"
#include "services/pdvctl/commandes/commande.h"
#include "services/pdvctl/commandes/passerelle.h"

namespace pdv::pdvctl::exemple {

// In whose name a call is made.
struct Identite {
  std::string role;  // several: separated by commas
  std::string organisation;
  std::string acteur;
};

// One of those who work at the same time: calls the gateway in anyone's name, and calls again, with
// the same request, what an overload or an outage refused. Requests bear a request_id: nothing is
// done twice. Used by one thread.
class Guichet {
 public:
  // `positions`: what was written before, and must be seen.
  Guichet(rpc::Channel& channel, const Positions& positions)
      : channel_(channel), positions_(positions) {}

  absl::Status Appeler(const Identite& qui, std::string_view methode,
                       const google::protobuf::Message& request,
                       google::protobuf::Message* response);
  // What its calls wrote.
  const Positions& ecrites() const { return ecrites_; }

 private:
  rpc::Channel& channel_;
  const Positions& positions_;
  Positions ecrites_;
};

// Makes thousands of calls, many at once.
class Executant {
 public:
  // `quand` precedes the label of each step: "2020, ".
  Executant(Passerelle& passerelle, Contexte& contexte, std::string quand)
      : passerelle_(passerelle), contexte_(contexte), quand_(std::move(quand)) {}

  // Runs tache(i, guichet) for each i below `nombre`, in order, up to 32 at a time, showing how far
  // it has come. Stops at the first failure, and returns it.
  absl::Status Mener(const std::string& libelle, size_t nombre,
                     const std::function<absl::Status(size_t, Guichet&)>& tache);

 private:
  Passerelle& passerelle_;
  Contexte& contexte_;
  const std::string quand_;
};

}  // namespace pdv::pdvctl::exemple

#endif  // PDV_SERVICES_PDVCTL_EXEMPLE_EXECUTANT_H_
