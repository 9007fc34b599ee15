#include "services/financement/app/subventions.h"

#include "common/status/error.h"

namespace pdv::financement {

absl::Status ReglesSubvention(const v1::Subvention*, v1::Subvention& after, store::Changes&) {
  if (!after.beneficiaire_siret().empty() || !after.beneficiaire_rna().empty())
    return absl::OkStatus();
  return status::InvalidRequest(
      {{"subvention.beneficiaire_siret", "BENEFICIAIRE_MANQUANT",
        "Le bénéficiaire d'une subvention est dit par son SIRET ou par son numéro RNA."}});
}

}  // namespace pdv::financement
