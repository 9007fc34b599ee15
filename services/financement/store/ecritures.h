#ifndef PDV_SERVICES_FINANCEMENT_STORE_ECRITURES_H_
#define PDV_SERVICES_FINANCEMENT_STORE_ECRITURES_H_

#include "common/store/table.h"

namespace pdv::financement {

// The ledger, as a decision adds to it: the database gives the rank and the instant.
const store::Table& TableEcriture();
// The same, as it is read: with the instant. The name is "ecritures/" and the rank.
const store::Table& TableEcritureLue();

}  // namespace pdv::financement

#endif  // PDV_SERVICES_FINANCEMENT_STORE_ECRITURES_H_
