#ifndef PDV_SERVICES_CONTRATS_API_CONTRATS_API_H_
#define PDV_SERVICES_CONTRATS_API_CONTRATS_API_H_

#include "common/service/api.h"

namespace pdv::contrats {

// The methods of pdv.contrats.v1.ContratsService, and what serves each.
void Declare(service::Api& api);

}  // namespace pdv::contrats

#endif  // PDV_SERVICES_CONTRATS_API_CONTRATS_API_H_
