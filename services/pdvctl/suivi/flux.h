#ifndef PDV_SERVICES_PDVCTL_SUIVI_FLUX_H_
#define PDV_SERVICES_PDVCTL_SUIVI_FLUX_H_

#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "absl/status/status.h"
#include "common/rpc/client.h"
#include "pdv/commun/type/v1/evenement.pb.h"
#include "services/pdvctl/suivi/curseurs.h"

namespace pdv::pdvctl {

// What one thread tells the one that prints.
struct Nouvelle {
  enum class Genre {
    kLot,      // events, or none
    kCoupure,  // the stream was cut: it is taken up again at its cursor
    kReprise,  // it goes on
    kPresent,  // everything that existed when the command began was told
    kEchec,    // it will not go on
  };
  Genre genre = Genre::kLot;
  std::string service;
  commun::type::v1::LotEvenements lot;
  absl::Status motif;
};

// The Watch streams of several services, merged in the order in which they arrive. One thread a
// service; a stream that is cut is opened again at its cursor, with a pause that doubles up to 5 s,
// for as long as it takes once something was received. Start once, read from one thread.
class Flux {
 public:
  struct Service {
    std::string nom;
    std::vector<std::string> types;  // full names of messages; empty: all
    std::string curseur;             // "", "-" or what the service gave
  };
  // `metadata` goes with every call. The channel outlives this object. `jusquau_present`: each
  // service ends when it has told all that was there at the beginning.
  Flux(rpc::Channel& channel, std::vector<Service> services, rpc::Metadata metadata,
       bool jusquau_present);
  ~Flux();  // cancels what runs, and waits

  // The next news; false when `patience` passed without any.
  bool Suivante(absl::Duration patience, Nouvelle* nouvelle);

 private:
  // Beyond, the reading of the network waits for the one that prints.
  static constexpr size_t kEnAttenteMax = 64;

  void Suivre(Service service);
  // Reads one stream to its end. `present`: position at which the service stands in the present,
  // 0: never.
  absl::Status Lire(Service* service, int64_t present, bool* recu, bool* arrive);
  // The position of the service now.
  absl::StatusOr<int64_t> Position(const Service& service);
  std::shared_ptr<rpc::StreamReader> Ouvrir(const Service& service, const std::string& curseur);
  void Fermer(const std::shared_ptr<rpc::StreamReader>& reader);
  bool Dire(Nouvelle nouvelle);  // false: stopped
  bool Attendre(absl::Duration pause);

  rpc::Channel& channel_;
  const rpc::Metadata metadata_;
  const bool jusquau_present_;
  std::mutex mu_;
  std::condition_variable wake_;
  bool stop_ = false;
  std::deque<Nouvelle> news_;
  std::set<std::shared_ptr<rpc::StreamReader>> open_;
  std::vector<std::thread> threads_;
};

// Whether a stream that ended so is worth opening again: the peer or the way to it is at fault, not
// what was asked.
bool EstPassager(const absl::Status& status);

}  // namespace pdv::pdvctl

#endif  // PDV_SERVICES_PDVCTL_SUIVI_FLUX_H_
