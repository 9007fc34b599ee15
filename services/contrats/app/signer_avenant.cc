#include "services/contrats/app/signer_avenant.h"

#include "common/status/error.h"
#include "services/contrats/app/regles.h"
#include "services/contrats/domain/avenants.h"

namespace pdv::contrats {

store::Mutation SignerAvenant(const v1::SignerAvenantRequest& request) {
  const std::string contrat_name = request.name().substr(0, request.name().find("/avenants/"));
  return store::Decide<v1::Avenant>(
      {store::Read::Of<v1::Avenant>(request.name()), store::Read::Of<v1::Contrat>(contrat_name)},
      [request, contrat_name](store::Changes& changes) -> absl::StatusOr<v1::Avenant> {
        absl::StatusOr<v1::Avenant> avenant = changes.Get<v1::Avenant>(request.name());
        if (!avenant.ok()) return avenant;
        absl::Status status = store::CheckEtag(*avenant, request.etag());
        if (!status.ok()) return status;
        if (avenant->etat() == v1::ETAT_AVENANT_SIGNE)
          return status::Error(absl::StatusCode::kFailedPrecondition, "AVENANT_SIGNE",
                               "Cet avenant est déjà signé.")
              .Build();
        absl::StatusOr<v1::Contrat> contrat = changes.Get<v1::Contrat>(contrat_name);
        if (!contrat.ok()) return contrat.status();
        absl::StatusOr<v1::Contrat> amended = AppliquerAvenant(*avenant, *std::move(contrat));
        if (!amended.ok()) return amended.status();
        status = GarderRevision(*amended, avenant->name(), changes);
        if (!status.ok()) return status;
        status = changes.Update(*std::move(amended)).status();
        if (!status.ok()) return status;
        avenant->set_etat(v1::ETAT_AVENANT_SIGNE);
        *avenant->mutable_date_signature() = request.date_signature();
        return changes.Update(*std::move(avenant));
      });
}

}  // namespace pdv::contrats
