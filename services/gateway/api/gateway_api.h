#ifndef PDV_SERVICES_GATEWAY_API_GATEWAY_API_H_
#define PDV_SERVICES_GATEWAY_API_GATEWAY_API_H_

#include "common/rpc/service_table.h"
#include "services/gateway/app/pairs.h"

namespace pdv::gateway {

// The methods of pdv.gateway.v1.GatewayService, and what serves each. `pairs` outlives the server.
void Declare(rpc::ServiceTable& table, const Pairs& pairs);

}  // namespace pdv::gateway

#endif  // PDV_SERVICES_GATEWAY_API_GATEWAY_API_H_
