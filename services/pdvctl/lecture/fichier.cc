#include "services/pdvctl/lecture/fichier.h"

#include <zlib.h>

#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"

namespace pdv::pdvctl {
namespace {

constexpr int kGzip = 16 + MAX_WBITS;  // zlib: expect a gzip header and check its CRC

absl::Status TropGros() {
  return absl::ResourceExhaustedError("le fichier dépasse 512 Mio une fois décompressé");
}

}  // namespace

absl::StatusOr<std::string> Decompresser(std::string_view gzip, size_t octets_max) {
  z_stream flux{};
  if (inflateInit2(&flux, kGzip) != Z_OK) return absl::InternalError("zlib ne s'initialise pas");
  flux.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(gzip.data()));
  flux.avail_in = static_cast<uInt>(gzip.size());
  std::string sortie;
  std::array<char, 1 << 16> tampon;
  int etat = Z_OK;
  while (etat == Z_OK && sortie.size() <= octets_max) {
    flux.next_out = reinterpret_cast<Bytef*>(tampon.data());
    flux.avail_out = tampon.size();
    etat = inflate(&flux, Z_NO_FLUSH);
    sortie.append(tampon.data(), tampon.size() - flux.avail_out);
  }
  const bool reste = flux.avail_in > 0;
  inflateEnd(&flux);
  if (sortie.size() > octets_max) return TropGros();
  if (etat != Z_STREAM_END || reste) {
    return absl::InvalidArgumentError("archive gzip abîmée ou tronquée");
  }
  return sortie;
}

absl::StatusOr<std::string> LireFichier(const std::string& chemin) {
  std::error_code erreur;
  const auto etat = std::filesystem::status(chemin, erreur);
  if (!std::filesystem::exists(etat)) {
    return absl::NotFoundError(absl::StrCat("« ", chemin, " » n'existe pas"));
  }
  if (std::filesystem::is_directory(etat)) {
    return absl::InvalidArgumentError(
        absl::StrCat("« ", chemin, " » est un dossier, pas un fichier"));
  }
  if (std::filesystem::is_regular_file(etat) &&
      std::filesystem::file_size(chemin, erreur) > kOctetsParFichierMax) {
    return TropGros();
  }
  std::ifstream flux(chemin, std::ios::binary);
  std::string octets{std::istreambuf_iterator<char>(flux), {}};
  if (!flux.is_open() || flux.bad()) {
    return absl::PermissionDeniedError(absl::StrCat("« ", chemin, " » ne peut pas être lu"));
  }
  if (octets.compare(0, 2, "\x1F\x8B") == 0) return Decompresser(octets);
  return octets;
}

}  // namespace pdv::pdvctl
