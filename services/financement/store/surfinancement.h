#ifndef PDV_SERVICES_FINANCEMENT_STORE_SURFINANCEMENT_H_
#define PDV_SERVICES_FINANCEMENT_STORE_SURFINANCEMENT_H_

#include "absl/status/statusor.h"
#include "common/pg/session.h"
#include "pdv/financement/v1/surfinancement.pb.h"

namespace pdv::financement {

// The findings of domain/surfinancement on the actions of a porteur and on what is published of it:
// by the SIREN of its SIRET (whatever the establishment), or by its RNA number. Dossiers that were
// refused or given up are passed over. NOT_FOUND for a porteur that the mirror does not know.
absl::StatusOr<v1::DetecterSurfinancementResponse> DetecterSurfinancement(
    pg::Session& session, const v1::DetecterSurfinancementRequest& request);

}  // namespace pdv::financement

#endif  // PDV_SERVICES_FINANCEMENT_STORE_SURFINANCEMENT_H_
