#ifndef PDV_SERVICES_CONTRATS_APP_SEMER_REFERENTIEL_H_
#define PDV_SERVICES_CONTRATS_APP_SEMER_REFERENTIEL_H_

#include "absl/status/status.h"
#include "common/store/store.h"

namespace pdv::contrats {

// Brings in the reference data that is missing (domain/referentiel.h), in one transaction. What an
// operator changed since stays as it is; a second start changes nothing.
absl::Status SemerReferentiel(store::Store& store);

}  // namespace pdv::contrats

#endif  // PDV_SERVICES_CONTRATS_APP_SEMER_REFERENTIEL_H_
