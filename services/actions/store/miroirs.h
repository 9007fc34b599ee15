#ifndef PDV_SERVICES_ACTIONS_STORE_MIROIRS_H_
#define PDV_SERVICES_ACTIONS_STORE_MIROIRS_H_

#include "common/store/table.h"

namespace pdv::actions {

// What this service keeps of its peer contrats, fed by its feed (common/mirror).
const store::Table& MiroirContrat();
const store::Table& MiroirQpv();
const store::Table& MiroirThematique();
const store::Table& MiroirDispositif();

}  // namespace pdv::actions

#endif  // PDV_SERVICES_ACTIONS_STORE_MIROIRS_H_
