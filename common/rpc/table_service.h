#ifndef PDV_COMMON_RPC_TABLE_SERVICE_H_
#define PDV_COMMON_RPC_TABLE_SERVICE_H_

#include <deque>

#include "common/rpc/core.h"
#include "common/rpc/raw_service.h"
#include "common/rpc/service_table.h"

namespace pdv::rpc {

// A ServiceTable as a grpc::Service: each method is registered by its descriptor, with a raw
// callback handler. Reflection sees it as any generated service.
class TableService : public RawService {
 public:
  TableService(ServiceTable table, Core* core);

 private:
  void Register(const ServedMethod& method);

  const ServiceTable table_;
  std::deque<ServedMethod> methods_;  // addresses stay
};

}  // namespace pdv::rpc

#endif  // PDV_COMMON_RPC_TABLE_SERVICE_H_
