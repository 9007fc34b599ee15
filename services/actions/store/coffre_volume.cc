// Contents as files of a volume: <root>/contenus/<porteur's id>/<fingerprint>, and what is on its
// way in <root>/envois.
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/types/sha256.h"
#include "services/actions/store/coffre.h"

namespace pdv::actions {
namespace {

namespace fs = std::filesystem;

constexpr char kQuitterPostgres[] =
    "DELETE FROM morceau_contenu WHERE porteur = $1 AND empreinte = $2";

// The folder, and its name in the one above, durably.
absl::Status Creer(const fs::path& folder) {
  if (mkdir(folder.c_str(), 0750) == 0) return SynchroniserDossier(folder.parent_path());
  return errno == EEXIST ? absl::OkStatus() : ErreurDisque(folder);
}

class Volume : public Coffre {
 public:
  Volume(fs::path root, pg::Pool* pool) : Coffre(pool), root_(std::move(root)) {}

  absl::Status Preparer() {
    absl::Status made = Creer(root_);
    if (made.ok()) made = Creer(root_ / "envois");
    if (made.ok()) made = Creer(root_ / "contenus");
    return made;
  }
  absl::StatusOr<std::unique_ptr<Envoi>> Recevoir() override {
    return Envoi::Ouvrir(root_ / "envois", /*nomme=*/true);
  }

 protected:
  std::string_view lieu() const override { return kLieuVolume; }
  // Within the transaction: a row without its file would be a lie, a file without its row is only
  // room that the sending, tried again, takes.
  absl::Status Poser(pg::Session& session, const std::string& porteur, const std::string& empreinte,
                     Envoi& envoi) override {
    // Where it lay in PostgreSQL before the service was started on a volume, it lies here from now
    // on.
    pg::Params key;
    key.Text(porteur).Text(empreinte);
    const absl::Status moved = session.Exec(kQuitterPostgres, key).status();
    if (!moved.ok()) return moved;
    const fs::path path = Chemin(porteur, empreinte);
    const absl::Status made = Creer(path.parent_path());
    return made.ok() ? envoi.Deplacer(path) : made;
  }
  absl::StatusOr<bool> Entier(pg::Session&, const std::string& porteur,
                              const std::string& empreinte) override {
    types::Sha256 sha256;
    const absl::Status read =
        LireMorceaux(porteur, empreinte, absl::InfiniteFuture(), [&](const std::string& part) {
          sha256.Add(part);
          return absl::OkStatus();
        });
    if (absl::IsNotFound(read)) return false;
    if (!read.ok()) return read;
    return sha256.Hex() == empreinte;
  }
  absl::Status Oter(const std::string& porteur, const std::string& empreinte) override {
    const fs::path path = Chemin(porteur, empreinte);
    if (unlink(path.c_str()) != 0 && errno != ENOENT) return ErreurDisque(path);
    return absl::OkStatus();
  }
  absl::Status OterRestes(absl::Duration age) override {
    std::error_code error;
    for (const fs::directory_entry& entry : fs::directory_iterator(root_ / "envois", error)) {
      struct stat found;
      if (stat(entry.path().c_str(), &found) != 0) continue;  // it went meanwhile
      if (absl::FromTimeT(found.st_mtime) > absl::Now() - age) continue;
      if (unlink(entry.path().c_str()) != 0 && errno != ENOENT) return ErreurDisque(entry.path());
    }
    return error ? absl::InternalError(error.message()) : absl::OkStatus();
  }
  absl::Status LireMorceaux(const std::string& porteur, const std::string& empreinte, absl::Time,
                            const Prendre& prendre) override {
    const fs::path path = Chemin(porteur, empreinte);
    const int fd = open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (fd < 0) return errno == ENOENT ? absl::NotFoundError(path.string()) : ErreurDisque(path);
    absl::Status status;
    while (status.ok()) {
      std::string part(kMorceau, '\0');
      const ssize_t got = read(fd, part.data(), part.size());
      if (got < 0 && errno == EINTR) continue;
      if (got < 0) status = ErreurDisque(path);
      if (got <= 0) break;
      part.resize(static_cast<size_t>(got));
      status = prendre(std::move(part));
    }
    close(fd);
    return status;
  }

 private:
  // "porteurs/x": the id of a resource holds no slash and does not begin with a dot.
  fs::path Chemin(const std::string& porteur, const std::string& empreinte) const {
    return root_ / "contenus" / porteur.substr(porteur.find('/') + 1) / empreinte;
  }
  const fs::path root_;
};

}  // namespace

absl::StatusOr<std::unique_ptr<Coffre>> CoffreVolume(const std::string& racine, pg::Pool* pool) {
  auto volume = std::make_unique<Volume>(racine, pool);
  const absl::Status ready = volume->Preparer();
  if (!ready.ok()) return ready;
  return volume;
}

}  // namespace pdv::actions
