#include "common/validate/formats.h"

#include <charconv>

#include "common/types/codes.h"
#include "common/types/identifiants.h"

namespace pdv::validate {

namespace options = ::pdv::commun::options::v1;

absl::Status CheckFormat(options::Format format, std::string_view text) {
  switch (format) {
    case options::FORMAT_SIREN:
      return types::VerifierSiren(text);
    case options::FORMAT_SIRET:
      return types::VerifierSiret(text);
    case options::FORMAT_RNA:
      return types::VerifierRna(text);
    case options::FORMAT_COMMUNE:
      return types::VerifierCommune(text);
    case options::FORMAT_QPV:
      return types::VerifierQpv(text);
    case options::FORMAT_CODE_CONTRAT:
      return types::VerifierCodeContrat(text);
    case options::FORMAT_IBAN:
      return types::VerifierIban(text);
    case options::FORMAT_EXERCICE: {
      int64_t year = 0;
      const auto read = std::from_chars(text.data(), text.data() + text.size(), year);
      const bool whole = read.ec == std::errc() && read.ptr == text.data() + text.size();
      return types::VerifierExercice(whole ? year : 0);
    }
    default:
      return absl::OkStatus();
  }
}

absl::Status CheckFormat(options::Format format, int64_t value) {
  return format == options::FORMAT_EXERCICE ? types::VerifierExercice(value) : absl::OkStatus();
}

}  // namespace pdv::validate
