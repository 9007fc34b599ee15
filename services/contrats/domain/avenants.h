#ifndef PDV_SERVICES_CONTRATS_DOMAIN_AVENANTS_H_
#define PDV_SERVICES_CONTRATS_DOMAIN_AVENANTS_H_

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "pdv/contrats/v1/avenant.pb.h"
#include "pdv/contrats/v1/contrat.pb.h"

namespace pdv::contrats {

// The rules of an avenant against the contrat that it amends, when it is written and again when it
// is signed. FAILED_PRECONDITION / AVENANT_INVALIDE that lists every rule that it breaks:
// - the contrat is signed and not closed;
// - it takes effect while the contrat runs, at the latest on the day after its end: what lapsed is
//   not prorogued;
// - a prorogation ends later than the contrat does (those of 2015-2020 were prorogued to 2022, then
//   to the end of 2023: loi n° 2018-1317 art. 181, loi n° 2021-1900 art. 68);
// - quartiers that come in are not there on that day, those that go out are, and came in before;
// - it bears what its type needs, and nothing of another type;
// - the contrat is coherent after it (VerifierContrat).
absl::Status VerifierAvenant(const v1::Avenant& avenant, const v1::Contrat& contrat);

// The contrat as it is once the avenant is signed. Nothing is overwritten: the territory of a
// quartier that goes out gets an end, one that comes in gets a beginning. Same errors.
absl::StatusOr<v1::Contrat> AppliquerAvenant(const v1::Avenant& avenant, v1::Contrat contrat);

}  // namespace pdv::contrats

#endif  // PDV_SERVICES_CONTRATS_DOMAIN_AVENANTS_H_
