#ifndef PDV_SERVICES_ACTIONS_API_ACTIONS_API_H_
#define PDV_SERVICES_ACTIONS_API_ACTIONS_API_H_

#include "common/service/api.h"

namespace pdv::actions {

// The methods of pdv.actions.v1.ActionsService, and what serves each.
void Declare(service::Api& api);

}  // namespace pdv::actions

#endif  // PDV_SERVICES_ACTIONS_API_ACTIONS_API_H_
