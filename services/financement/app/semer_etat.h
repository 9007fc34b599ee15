#ifndef PDV_SERVICES_FINANCEMENT_APP_SEMER_ETAT_H_
#define PDV_SERVICES_FINANCEMENT_APP_SEMER_ETAT_H_

#include "absl/status/status.h"
#include "common/store/store.h"

namespace pdv::financement {

// Brings in financeurs/etat, the one funder that every contrat has, if it is missing.
absl::Status SemerEtat(store::Store& store);

}  // namespace pdv::financement

#endif  // PDV_SERVICES_FINANCEMENT_APP_SEMER_ETAT_H_
