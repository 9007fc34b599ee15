#ifndef PDV_SERVICES_ACTIONS_STORE_ENVOI_H_
#define PDV_SERVICES_ACTIONS_STORE_ENVOI_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "common/types/sha256.h"

namespace pdv::actions {

// A content on its way in: it waits in a file of its own until it is whole, so that neither a
// session of the database nor memory is held while a slow client sends it. Goes away with the
// object, unless it was moved to its place. One thread at a time.
class Envoi {
 public:
  // A new file in `dossier`, which exists. `nomme`: it keeps a name, to be moved to its place; else
  // it has none, and nothing is left of it even by a kill. INTERNAL where the disk refuses.
  static absl::StatusOr<std::unique_ptr<Envoi>> Ouvrir(const std::string& dossier, bool nomme);
  ~Envoi();
  Envoi(const Envoi&) = delete;
  Envoi& operator=(const Envoi&) = delete;

  absl::Status Ecrire(std::string_view octets);
  // The SHA-256 of what was written, in hexadecimal. Once, after the last Ecrire.
  std::string Empreinte();

  int64_t taille() const { return taille_; }
  const std::string& debut() const { return debut_; }  // the first 8 bytes
  // The content from its beginning, in parts of at most `morceau` bytes.
  absl::Status Relire(size_t morceau,
                      const std::function<absl::Status(std::string_view)>& prendre) const;
  // Makes it durable under `chemin`, on the same file system: fsync, rename, fsync of the folder.
  absl::Status Deplacer(const std::string& chemin);

 private:
  Envoi(int fd, std::string chemin);
  const int fd_;
  std::string chemin_;  // "" once it has no name of its own
  types::Sha256 sha256_;
  int64_t taille_ = 0;
  std::string debut_;
};

// INTERNAL, with what the system said of `chemin`, for the log.
absl::Status ErreurDisque(const std::string& chemin);
// Makes what a folder lists durable.
absl::Status SynchroniserDossier(const std::string& dossier);

}  // namespace pdv::actions

#endif  // PDV_SERVICES_ACTIONS_STORE_ENVOI_H_
