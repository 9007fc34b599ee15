#ifndef PDV_SERVICES_CONTRATS_DOMAIN_AVENANTS_H_
#define PDV_SERVICES_CONTRATS_DOMAIN_AVENANTS_H_

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "pdv/contrats/v1/avenant.pb.h"
#include "pdv/contrats/v1/contrat.pb.h"

namespace pdv::contrats {

// The rules of an avenant before it is signed, against the contrat that it amends: the contrat is
// signed and not closed; a prorogation ends later than the present end (the contrats of 2015 were
// prorogued to 2022, then to 2023: loi 2018-1317 art. 181, loi 2021-1900 art. 68); quartiers that are
// added are not there, those that are removed are. FAILED_PRECONDITION / AVENANT_INVALIDE.
absl::Status VerifierAvenant(const v1::Avenant& avenant, const v1::Contrat& contrat);

// The contrat as it is once the avenant is signed. Nothing is overwritten: a removed quartier's
// territory gets an end, an added one a beginning.
absl::StatusOr<v1::Contrat> AppliquerAvenant(const v1::Avenant& avenant, v1::Contrat contrat);

}  // namespace pdv::contrats

#endif  // PDV_SERVICES_CONTRATS_DOMAIN_AVENANTS_H_
