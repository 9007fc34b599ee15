#ifndef PDV_SERVICES_ACTIONS_APP_DOCUMENTS_H_
#define PDV_SERVICES_ACTIONS_APP_DOCUMENTS_H_

#include <atomic>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "common/rpc/service_table.h"
#include "common/service/resource.h"
#include "common/store/store.h"
#include "pdv/actions/v1/document.pb.h"
#include "services/actions/store/coffre.h"

namespace pdv::actions {

// What the writing of a document asks beyond its fields: whoever writes is of the porteur.
absl::Status ReglesDocument(const v1::Document* before, v1::Document& after,
                            store::Changes& changes);
// The mandates of the porteur.
std::vector<store::Read> PorteurDuDocument(const v1::Document& document);

// The contents of documents, in and out. Thread-safe.
class Documents {
 public:
  Documents(store::Store* store, std::shared_ptr<Coffre> coffre);

  // One sending: header, content, then the document. Nothing is left of one that fails.
  absl::StatusOr<rpc::MessagePtr> Envoyer(rpc::CallPtr call, rpc::StreamSource& source);
  // One content, to the end or to the first error.
  void Recevoir(rpc::CallPtr call, rpc::MessagePtr request, rpc::StreamSinkPtr sink);

 private:
  absl::Status Accueillir(const rpc::Call& call, const v1::EnteteDocument& entete);
  absl::StatusOr<std::unique_ptr<Envoi>> Lire(rpc::StreamSource& source);

  store::Store* const store_;
  const std::shared_ptr<Coffre> coffre_;
  const std::shared_ptr<service::ResourceMethods> creation_;
  std::atomic<int> en_cours_{0};
};

}  // namespace pdv::actions

#endif  // PDV_SERVICES_ACTIONS_APP_DOCUMENTS_H_
