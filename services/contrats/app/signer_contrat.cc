#include "services/contrats/app/signer_contrat.h"

#include "services/contrats/app/regles.h"
#include "services/contrats/domain/etats.h"
#include "services/contrats/domain/regles_contrat.h"

namespace pdv::contrats {

store::Mutation SignerContrat(const v1::SignerContratRequest& request) {
  return store::Decide<v1::Contrat>(
      {store::Read::Of<v1::Contrat>(request.name())},
      [request](store::Changes& changes) -> absl::StatusOr<v1::Contrat> {
        absl::StatusOr<v1::Contrat> contrat = changes.Get<v1::Contrat>(request.name());
        if (!contrat.ok()) return contrat;
        absl::Status status = store::CheckEtag(*contrat, request.etag());
        if (!status.ok()) return status;
        absl::StatusOr<v1::EtatContrat> etat = Transition(contrat->etat(), Verbe::kSigner);
        if (!etat.ok()) return etat.status();
        status = VerifierSignable(*contrat);
        if (!status.ok()) return status;
        contrat->set_etat(*etat);
        *contrat->mutable_date_signature() = request.date_signature();
        status = GarderRevision(*contrat, /*avenant=*/"", changes);
        if (!status.ok()) return status;
        return changes.Update(*std::move(contrat));
      });
}

}  // namespace pdv::contrats
