#ifndef PDV_SERVICES_FINANCEMENT_APP_SUBVENTIONS_H_
#define PDV_SERVICES_FINANCEMENT_APP_SUBVENTIONS_H_

#include "absl/status/status.h"
#include "common/store/changes.h"
#include "pdv/financement/v1/subvention.pb.h"

namespace pdv::financement {

// An attribution says who receives it, by its SIRET or by its RNA number: SCDL subventions 2.1.1
// asks for one of them. BENEFICIAIRE_MANQUANT otherwise.
absl::Status ReglesSubvention(const v1::Subvention* before, v1::Subvention& after,
                              store::Changes& changes);

}  // namespace pdv::financement

#endif  // PDV_SERVICES_FINANCEMENT_APP_SUBVENTIONS_H_
