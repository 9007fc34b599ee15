#ifndef PDV_SERVICES_PDVCTL_COMMANDES_PAGES_H_
#define PDV_SERVICES_PDVCTL_COMMANDES_PAGES_H_

#include <string_view>

#include "services/pdvctl/commandes/passerelle.h"

namespace pdv::pdvctl {

// Every page of a list, as one answer: a thousand rows at a time.
template <class Response, class Request>
absl::StatusOr<Response> ToutesLesPages(Passerelle& passerelle, std::string_view method,
                                        Request request) {
  Response all;
  request.set_page_size(1000);
  do {
    absl::StatusOr<Response> page = passerelle.Appeler<Response>(method, request);
    if (!page.ok()) return page.status();
    request.set_page_token(page->next_page_token());
    page->clear_next_page_token();
    all.MergeFrom(*page);
  } while (!request.page_token().empty());
  return all;
}

}  // namespace pdv::pdvctl

#endif  // PDV_SERVICES_PDVCTL_COMMANDES_PAGES_H_
