#ifndef PDV_SERVICES_FINANCEMENT_API_FINANCEMENT_API_H_
#define PDV_SERVICES_FINANCEMENT_API_FINANCEMENT_API_H_

#include "common/service/api.h"

namespace pdv::financement {

// The methods of pdv.financement.v1.FinancementService, and what serves each.
void Declare(service::Api& api);

}  // namespace pdv::financement

#endif  // PDV_SERVICES_FINANCEMENT_API_FINANCEMENT_API_H_
