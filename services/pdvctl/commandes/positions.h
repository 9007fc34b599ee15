#ifndef PDV_SERVICES_PDVCTL_COMMANDES_POSITIONS_H_
#define PDV_SERVICES_PDVCTL_COMMANDES_POSITIONS_H_

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>

#include "absl/time/time.h"
#include "common/rpc/client.h"

namespace pdv::pdvctl {

// What a client remembers of the changes that it was told of, to be shown them by whoever it asks
// next: the furthest position of each service, as the gateway keeps them. Not thread-safe.
class Positions {
 public:
  // Takes note of x-pdv-position among the metadata of an answer.
  void Retenir(const rpc::Metadata& answered);
  // What another client was told of.
  void Retenir(const Positions& autres);
  void Retenir(const std::string& service, int64_t position);
  // Adds x-pdv-position to the metadata of a call.
  void Donner(rpc::Metadata* metadata) const;

  const std::map<std::string, int64_t>& toutes() const { return positions_; }

 private:
  std::map<std::string, int64_t> positions_;
};

// The positions of the commands before this one, so that a script reads in one command what it
// wrote in another: a small file for each gateway. It helps and nothing more: absent, damaged or
// out of reach, it is as if nothing had been written. Several processes may use the same file.
class PositionsGardees {
 public:
  struct Gardee {
    int64_t position = 0;
    absl::Time ecrite;  // when the answer that bore it came
  };
  using Toutes = std::map<std::string, Gardee>;  // by service

  // Longer than a mirror that follows is ever late. Beyond, nobody reads what they have just
  // written.
  static constexpr absl::Duration kDuree = absl::Minutes(10);

  // In the folder $PDV_POSITIONS, else $XDG_STATE_HOME/pdvctl/positions, else
  // ~/.local/state/pdvctl/positions. PDV_POSITIONS=non: nothing is kept.
  static PositionsGardees De(const std::string& passerelle);
  // "": nothing is kept.
  explicit PositionsGardees(std::filesystem::path fichier) : fichier_(std::move(fichier)) {}

  const std::filesystem::path& fichier() const { return fichier_; }

  // Those that are not too old.
  Toutes Lire(absl::Time maintenant) const;
  // Adds what was just told.
  void Garder(const Positions& apprises, absl::Time maintenant) const;
  // Takes away those, unless others were kept since.
  void Oublier(const Toutes& perdues, absl::Time maintenant) const;

 private:
  template <class Changer>
  void Recrire(absl::Time maintenant, const Changer& changer) const;

  std::filesystem::path fichier_;
};

// Of `gardees`, those that their service has not reached, though it answers: it is of another life
// than the one that gave them (made anew, restored), and whoever waited for them would wait for
// ever. A service that does not answer proves nothing. Waits a second at most.
PositionsGardees::Toutes DUneAutreVie(rpc::Channel& channel, const rpc::Metadata& identite,
                                      const PositionsGardees::Toutes& gardees);

}  // namespace pdv::pdvctl

#endif  // PDV_SERVICES_PDVCTL_COMMANDES_POSITIONS_H_
