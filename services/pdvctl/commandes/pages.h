#ifndef PDV_SERVICES_PDVCTL_COMMANDES_PAGES_H_
#define PDV_SERVICES_PDVCTL_COMMANDES_PAGES_H_

#include <string_view>

#include "services/pdvctl/commandes/passerelle.h"

namespace pdv::pdvctl {

// Gives every page of a list to `voir`, a thousand rows at a time.
template <class Response, class Request, class Voir>
absl::Status ParcourirPages(Passerelle& passerelle, std::string_view method, Request request,
                            const Voir& voir) {
  request.set_page_size(1000);
  do {
    absl::StatusOr<Response> page = passerelle.Appeler<Response>(method, request);
    if (!page.ok()) return page.status();
    request.set_page_token(page->next_page_token());
    voir(*page);
  } while (!request.page_token().empty());
  return absl::OkStatus();
}

// Every page of a list, as one answer.
template <class Response, class Request>
absl::StatusOr<Response> ToutesLesPages(Passerelle& passerelle, std::string_view method,
                                        const Request& request) {
  Response all;
  absl::Status read = ParcourirPages<Response>(
      passerelle, method, request, [&all](const Response& page) { all.MergeFrom(page); });
  if (!read.ok()) return read;
  all.clear_next_page_token();
  return all;
}

}  // namespace pdv::pdvctl

#endif  // PDV_SERVICES_PDVCTL_COMMANDES_PAGES_H_
