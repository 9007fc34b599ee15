#include "services/contrats/app/signer_avenant.h"

#include <string>
#include <utility>

#include "common/status/error.h"
#include "services/contrats/app/changement.h"
#include "services/contrats/app/garder_revision.h"
#include "services/contrats/domain/avenants.h"
#include "services/contrats/domain/dates.h"
#include "services/contrats/domain/regles_contrat.h"

namespace pdv::contrats {
namespace {

std::string ContratDe(const std::string& avenant) {
  return avenant.substr(0, avenant.find("/avenants/"));
}

absl::Status VerifierSignature(const v1::SignerAvenantRequest& request, const v1::Avenant& avenant,
                               const v1::Contrat& contrat, types::Date today) {
  if (avenant.etat() == v1::ETAT_AVENANT_SIGNE)
    return status::Error(absl::StatusCode::kFailedPrecondition, "AVENANT_SIGNE",
                         "Cet avenant est déjà signé.")
        .With("name", avenant.name());
  const types::Date premiere = DateDe(contrat.date_signature());
  return VerifierDateSignature(DateDe(request.date_signature()),
                               contrat.has_date_signature() ? &premiere : nullptr, today);
}

absl::StatusOr<v1::Avenant> Signer(const v1::SignerAvenantRequest& request,
                                   store::Changes& changes) {
  absl::StatusOr<v1::Avenant> avenant =
      PourAgir<v1::Avenant>(changes, request.name(), request.etag());
  if (!avenant.ok()) return avenant;
  absl::StatusOr<v1::Contrat> contrat = changes.Get<v1::Contrat>(ContratDe(request.name()));
  if (!contrat.ok()) return contrat.status();
  absl::Status status = VerifierSignature(request, *avenant, *contrat, Aujourdhui(changes));
  if (!status.ok()) return status;
  // Checked again: other avenants may have been signed since this one was written.
  absl::StatusOr<v1::Contrat> amended = AppliquerAvenant(*avenant, *std::move(contrat));
  if (!amended.ok()) return amended.status();
  status = GarderRevision(*amended, avenant->name(), changes);
  if (status.ok()) status = changes.Update(*std::move(amended)).status();
  if (!status.ok()) return status;
  avenant->set_etat(v1::ETAT_AVENANT_SIGNE);
  *avenant->mutable_date_signature() = request.date_signature();
  return changes.Update(*std::move(avenant));
}

}  // namespace

store::Mutation SignerAvenant(const v1::SignerAvenantRequest& request) {
  return store::Decide<v1::Avenant>(
      {store::Read::Of<v1::Avenant>(request.name()),
       store::Read::Of<v1::Contrat>(ContratDe(request.name()))},
      [request](store::Changes& changes) { return Signer(request, changes); });
}

}  // namespace pdv::contrats
