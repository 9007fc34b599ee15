#ifndef PDV_SERVICES_PDVCTL_EXEMPLE_PARCOURS_H_
#define PDV_SERVICES_PDVCTL_EXEMPLE_PARCOURS_H_

#include <cstddef>
#include <string>

#include "services/pdvctl/commandes/passerelle.h"
#include "services/pdvctl/exemple/executant.h"

namespace pdv::pdvctl::exemple {

inline constexpr char kActions[] = "pdv.actions.v1.ActionsService/";
inline constexpr char kFinancement[] = "pdv.financement.v1.FinancementService/";

// Calls voir(page) for every page of a List method.
template <class Response, class Request, class Voir>
absl::Status Parcourir(Passerelle& passerelle, const std::string& methode, Request request,
                       Voir voir) {
  request.set_page_size(1000);
  do {
    auto page = passerelle.Appeler<Response>(methode, request);
    if (!page.ok()) return page.status();
    voir(*page);
    request.set_page_token(page->next_page_token());
  } while (!request.page_token().empty());
  return absl::OkStatus();
}

// A verb on a resource: what every one of them takes. The name and the step make the request_id.
template <class Request>
Request Verbe(const std::string& name, const char* etape) {
  Request request;
  request.set_name(name);
  request.set_request_id("exemple/" + name + "/" + etape);
  return request;
}

}  // namespace pdv::pdvctl::exemple

#endif  // PDV_SERVICES_PDVCTL_EXEMPLE_PARCOURS_H_
