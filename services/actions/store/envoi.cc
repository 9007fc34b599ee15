#include "services/actions/store/envoi.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <utility>

#include "absl/strings/str_cat.h"

namespace pdv::actions {

absl::Status ErreurDisque(const std::string& chemin) {
  return absl::InternalError(absl::StrCat(chemin, ": ", std::strerror(errno)));
}

absl::Status SynchroniserDossier(const std::string& dossier) {
  const int fd = open(dossier.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0) return ErreurDisque(dossier);
  const absl::Status done = fsync(fd) == 0 ? absl::OkStatus() : ErreurDisque(dossier);
  close(fd);
  return done;
}

absl::StatusOr<std::unique_ptr<Envoi>> Envoi::Ouvrir(const std::string& dossier, bool nomme) {
  std::string chemin = absl::StrCat(dossier, "/envoi-XXXXXX");
  const int fd = mkostemp(chemin.data(), O_CLOEXEC);
  if (fd < 0) return ErreurDisque(chemin);
  if (!nomme) {
    unlink(chemin.c_str());
    chemin.clear();
  }
  return std::unique_ptr<Envoi>(new Envoi(fd, std::move(chemin)));
}

Envoi::Envoi(int fd, std::string chemin) : fd_(fd), chemin_(std::move(chemin)) {}

Envoi::~Envoi() {
  close(fd_);
  if (!chemin_.empty()) unlink(chemin_.c_str());
}

absl::Status Envoi::Ecrire(std::string_view octets) {
  sha256_.Add(octets);
  debut_.append(octets.substr(0, 8 - std::min<size_t>(8, debut_.size())));
  taille_ += static_cast<int64_t>(octets.size());
  while (!octets.empty()) {
    const ssize_t written = write(fd_, octets.data(), octets.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return ErreurDisque("envoi");
    octets.remove_prefix(static_cast<size_t>(written));
  }
  return absl::OkStatus();
}

std::string Envoi::Empreinte() { return sha256_.Hex(); }

absl::Status Envoi::Relire(size_t morceau,
                           const std::function<absl::Status(std::string_view)>& prendre) const {
  std::string bytes(morceau, '\0');
  for (int64_t at = 0; at < taille_;) {
    const ssize_t got = pread(fd_, bytes.data(), bytes.size(), at);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return ErreurDisque("envoi");
    const absl::Status taken = prendre(std::string_view(bytes).substr(0, static_cast<size_t>(got)));
    if (!taken.ok()) return taken;
    at += got;
  }
  return absl::OkStatus();
}

absl::Status Envoi::Deplacer(const std::string& chemin) {
  if (fsync(fd_) != 0) return ErreurDisque(chemin_);
  if (rename(chemin_.c_str(), chemin.c_str()) != 0) return ErreurDisque(chemin);
  chemin_.clear();
  return SynchroniserDossier(std::filesystem::path(chemin).parent_path());
}

}  // namespace pdv::actions
