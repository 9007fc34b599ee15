#ifndef PDV_SERVICES_EVALUATION_STORE_MIROIRS_H_
#define PDV_SERVICES_EVALUATION_STORE_MIROIRS_H_

#include "common/store/table.h"

namespace pdv::evaluation {

// What this service keeps of its peers: that a measured thing exists.
const store::Table& MiroirContrat();
const store::Table& MiroirQpv();
const store::Table& MiroirAction();

}  // namespace pdv::evaluation

#endif  // PDV_SERVICES_EVALUATION_STORE_MIROIRS_H_
