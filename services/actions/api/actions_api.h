#ifndef PDV_SERVICES_ACTIONS_API_ACTIONS_API_H_
#define PDV_SERVICES_ACTIONS_API_ACTIONS_API_H_

#include <memory>

#include "common/service/api.h"
#include "services/actions/store/coffre.h"

namespace pdv::actions {

// The methods of pdv.actions.v1.ActionsService, and what serves each.
// The contents of documents lie in `coffre`.
void Declare(service::Api& api, std::shared_ptr<Coffre> coffre);
// The same, in PostgreSQL.
void Declare(service::Api& api);

}  // namespace pdv::actions

#endif  // PDV_SERVICES_ACTIONS_API_ACTIONS_API_H_
