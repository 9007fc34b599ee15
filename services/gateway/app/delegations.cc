#include "services/gateway/app/delegations.h"

#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "pdv/financement/v1/enveloppe.pb.h"

namespace pdv::gateway {
namespace {

using financement::v1::Enveloppe;
using financement::v1::ListEnveloppesRequest;
using financement::v1::ListEnveloppesResponse;

// A filter is of 2 000 characters at most, and so is the list of the parents that it names.
constexpr size_t kFiltre = 1500;

std::vector<ListEnveloppesRequest> EnfantsDe(const std::vector<Enveloppe>& parents,
                                             const v1::GetTableauDeBordRequest& demande) {
  std::vector<ListEnveloppesRequest> requests;
  std::string filter;
  for (const Enveloppe& parent : parents) {
    if (parent.delegue_centimes() == 0) continue;
    if (filter.empty() || filter.size() > kFiltre) {
      requests.emplace_back().set_page_size(1000);
      if (demande.has_read_time()) *requests.back().mutable_read_time() = demande.read_time();
      filter.clear();
    }
    absl::StrAppend(&filter, filter.empty() ? "" : " OR ", "parent = \"", parent.name(), "\"");
    requests.back().set_filter(filter);
  }
  return requests;
}

}  // namespace

absl::Status LireDelegations(const Pairs& pairs, const rpc::Call& call, Matiere* matiere,
                             std::set<std::string>* injoignables) {
  std::vector<ListEnveloppesRequest> requests = EnfantsDe(matiere->enveloppes, matiere->demande);
  while (!requests.empty()) {
    Ensemble calls(pairs, call);
    std::vector<std::shared_ptr<ListEnveloppesResponse>> pages;
    for (const ListEnveloppesRequest& request : requests)
      pages.push_back(
          calls.Demander<ListEnveloppesResponse>("financement", "ListEnveloppes", request).second);
    absl::Status status = calls.Attendre();
    if (!status.ok()) return status;
    for (std::string& name : calls.Injoignables()) injoignables->insert(std::move(name));
    std::vector<Enveloppe> children;
    std::vector<ListEnveloppesRequest> next;
    for (size_t i = 0; i < pages.size(); ++i) {
      children.insert(children.end(), pages[i]->enveloppes().begin(), pages[i]->enveloppes().end());
      if (pages[i]->next_page_token().empty()) continue;
      next.push_back(requests[i]);
      next.back().set_page_token(pages[i]->next_page_token());
    }
    for (ListEnveloppesRequest& request : EnfantsDe(children, matiere->demande))
      next.push_back(std::move(request));
    matiere->delegations.insert(matiere->delegations.end(), children.begin(), children.end());
    requests = std::move(next);
  }
  return absl::OkStatus();
}

}  // namespace pdv::gateway
