#ifndef PDV_SERVICES_PDVCTL_EXEMPLE_DEMANDES_H_
#define PDV_SERVICES_PDVCTL_EXEMPLE_DEMANDES_H_

#include <string>

namespace pdv::pdvctl::exemple {

// A verb on a resource: what every one of them takes. The name and the step make the request_id.
template <class Request>
Request Verbe(const std::string& name, const char* etape) {
  Request request;
  request.set_name(name);
  request.set_request_id("exemple/" + name + "/" + etape);
  return request;
}

}  // namespace pdv::pdvctl::exemple

#endif  // PDV_SERVICES_PDVCTL_EXEMPLE_DEMANDES_H_
