#include "services/contrats/app/signer_contrat.h"

#include <utility>

#include "services/contrats/app/changement.h"
#include "services/contrats/app/garder_revision.h"
#include "services/contrats/domain/dates.h"
#include "services/contrats/domain/etats.h"
#include "services/contrats/domain/regles_contrat.h"

namespace pdv::contrats {
namespace {

absl::StatusOr<v1::Contrat> Signer(const v1::SignerContratRequest& request,
                                   store::Changes& changes) {
  absl::StatusOr<v1::Contrat> contrat =
      PourAgir<v1::Contrat>(changes, request.name(), request.etag());
  if (!contrat.ok()) return contrat;
  absl::StatusOr<v1::EtatContrat> etat = Transition(contrat->etat(), Verbe::kSigner);
  if (!etat.ok()) return etat.status();
  absl::Status status = VerifierDateSignature(DateDe(request.date_signature()),
                                              /*premiere=*/nullptr, Aujourdhui(changes));
  if (status.ok()) status = VerifierSignable(*contrat);
  if (!status.ok()) return status;
  contrat->set_etat(*etat);
  *contrat->mutable_date_signature() = request.date_signature();
  status = GarderRevision(*contrat, /*avenant=*/"", changes);
  if (!status.ok()) return status;
  return changes.Update(*std::move(contrat));
}

}  // namespace

store::Mutation SignerContrat(const v1::SignerContratRequest& request) {
  return store::Decide<v1::Contrat>(
      {store::Read::Of<v1::Contrat>(request.name())},
      [request](store::Changes& changes) { return Signer(request, changes); });
}

}  // namespace pdv::contrats
