#include "services/pdvctl/commandes/existence.h"

#include "absl/strings/str_cat.h"
#include "pdv/contrats/v1/contrats.pb.h"

namespace pdv::pdvctl {

absl::Status VerifierContrat(Passerelle& passerelle, const std::string& nom) {
  contrats::v1::GetContratRequest request;
  request.set_name(nom);
  contrats::v1::Contrat contrat;
  const absl::Status read =
      passerelle.Appeler("pdv.contrats.v1.ContratsService/GetContrat", request, &contrat);
  if (!absl::IsNotFound(read)) return absl::OkStatus();
  return absl::NotFoundError(absl::StrCat("le contrat « ", nom, " » n'existe pas"));
}

}  // namespace pdv::pdvctl
