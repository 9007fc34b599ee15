#ifndef PDV_SERVICES_EVALUATION_APP_SEMER_INDICATEURS_H_
#define PDV_SERVICES_EVALUATION_APP_SEMER_INDICATEURS_H_

#include "absl/status/status.h"
#include "common/store/store.h"

namespace pdv::evaluation {

// Brings in the indicators that are missing (domain/referentiel.h), in one transaction.
absl::Status SemerIndicateurs(store::Store& store);

}  // namespace pdv::evaluation

#endif  // PDV_SERVICES_EVALUATION_APP_SEMER_INDICATEURS_H_
