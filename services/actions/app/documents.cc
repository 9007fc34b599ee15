#include "services/actions/app/documents.h"

#include <algorithm>
#include <utility>

#include "absl/time/clock.h"
#include "common/pg/error.h"
#include "common/service/field_rules.h"
#include "common/status/error.h"
#include "common/store/list.h"
#include "services/actions/app/porteur.h"
#include "services/actions/domain/document.h"

namespace pdv::actions {
namespace {

// A transfer holds a thread for as long as its client takes: half of them stay for everything else.
constexpr int kTransferts = 8;

// One of the transfers that go on at once, if there is room.
class Place {
 public:
  explicit Place(std::atomic<int>* taken) : taken_(taken), ok_(taken->fetch_add(1) < kTransferts) {}
  ~Place() { taken_->fetch_sub(1); }
  Place(const Place&) = delete;
  Place& operator=(const Place&) = delete;
  bool ok() const { return ok_; }

 private:
  std::atomic<int>* const taken_;
  const bool ok_;
};

absl::Status Complet() {
  return status::Error(absl::StatusCode::kResourceExhausted, "SURCHARGE",
                       "Trop de documents sont en cours de transfert : réessayez dans un instant.")
      .RetryAfter(absl::Seconds(2));
}

absl::Status Incoherent(const char* field, const char* why) {
  return status::InvalidRequest({{field, "ENVOI_INCOHERENT", why}});
}

// Messages of a disk or a session are for the log.
absl::Status Public(const absl::Status& status) {
  if (status.ok() || !status::ReasonOf(status).empty()) return status;
  return pg::ToPublic(status);
}

const v1::EnvoyerDocumentRequest& Message(const rpc::MessagePtr& message) {
  return static_cast<const v1::EnvoyerDocumentRequest&>(*message);
}

service::ResourceHooks Regles() {
  service::ResourceHooks hooks;
  hooks.check = [](const google::protobuf::Message* before, google::protobuf::Message* after,
                   store::Changes& changes) {
    return ReglesDocument(static_cast<const v1::Document*>(before),
                          static_cast<v1::Document&>(*after), changes);
  };
  hooks.reads = [](const google::protobuf::Message& row) {
    return PorteurDuDocument(static_cast<const v1::Document&>(row));
  };
  return hooks;
}

}  // namespace

std::vector<store::Read> PorteurDuDocument(const v1::Document& document) {
  return MembresDe(service::ParentOf(document.name()));
}

absl::Status ReglesDocument(const v1::Document* before, v1::Document& after,
                            store::Changes& changes) {
  const std::string porteur = service::ParentOf(after.name());
  const absl::Status allowed = VerifierEcrivain(changes, porteur);
  if (!allowed.ok()) return allowed;
  if (before == nullptr) {
    const auto* owner = changes.Find<v1::Porteur>(porteur);
    if (owner == nullptr || owner->has_delete_time()) return status::NotFound(porteur);
    if (changes.call().identity.acteur.empty())
      return status::Error(absl::StatusCode::kPermissionDenied, "ACTEUR_ABSENT",
                           "Un document se dépose au nom de quelqu'un, qui n'est pas nommé.");
    after.set_porteur(porteur);
    after.set_deposant(changes.call().identity.acteur);
  }
  return VerifierEntete(after);
}

Documents::Documents(store::Store* store, std::shared_ptr<Coffre> coffre)
    : store_(store),
      coffre_(std::move(coffre)),
      creation_(std::make_shared<service::ResourceMethods>(store, v1::Document::descriptor(),
                                                           Regles())) {}

// What can be refused before anything is sent. All of it is looked at again with the document.
absl::Status Documents::Accueillir(const rpc::Call& call, const v1::EnteteDocument& entete) {
  absl::Status status = service::CheckName("porteurs/*", entete.parent(), "entete.parent");
  if (status.ok()) status = VerifierSienOuAide(call.identity, entete.parent());
  if (status.ok()) status = VerifierEntete(entete.document());
  if (!status.ok()) return status;
  absl::StatusOr<pg::Pool::Lease> session = store_->pool().Acquire(Echeance(call.deadline));
  if (!session.ok()) return Public(session.status());
  auto rows = store::RowsByName(**session, store::Table::Of<v1::Porteur>(), {entete.parent()});
  if (!rows.ok()) return Public(rows.status());
  const auto found = rows->find(entete.parent());
  if (found == rows->end() || service::IsDeleted(*found->second))
    return status::NotFound(entete.parent());
  return absl::OkStatus();
}

absl::StatusOr<std::unique_ptr<Envoi>> Documents::Lire(rpc::StreamSource& source) {
  absl::StatusOr<std::unique_ptr<Envoi>> envoi = coffre_->Recevoir();
  if (!envoi.ok()) return envoi;
  while (true) {
    absl::StatusOr<rpc::MessagePtr> message = source.Next();
    if (!message.ok()) return message.status();
    if (*message == nullptr) return envoi;
    if (Message(*message).has_entete())
      return Incoherent("entete", "L'en-tête ne vient qu'une fois, au début.");
    const std::string& part = Message(*message).contenu();
    const absl::Status fits =
        VerifierTaille((*envoi)->taille() + static_cast<int64_t>(part.size()));
    if (!fits.ok()) return fits;
    const absl::Status written = (*envoi)->Ecrire(part);
    if (!written.ok()) return written;
  }
}

absl::StatusOr<rpc::MessagePtr> Documents::Envoyer(rpc::CallPtr call, rpc::StreamSource& source) {
  const Place place(&en_cours_);
  if (!place.ok()) return Complet();
  absl::StatusOr<rpc::MessagePtr> first = source.Next();
  if (!first.ok()) return first.status();
  if (*first == nullptr || !Message(*first).has_entete() || !Message(*first).contenu().empty())
    return Incoherent("entete", "Le premier message donne l'en-tête, et lui seul.");
  auto entete = std::make_shared<v1::EnteteDocument>(Message(*first).entete());
  const absl::Status welcome = Accueillir(*call, *entete);
  if (!welcome.ok()) return welcome;

  absl::StatusOr<std::unique_ptr<Envoi>> envoi = Lire(source);
  if (!envoi.ok()) return Public(envoi.status());
  v1::Document* document = entete->mutable_document();
  const std::string empreinte = (*envoi)->Empreinte();
  const absl::Status whole =
      VerifierContenu(*document, (*envoi)->debut(), (*envoi)->taille(), empreinte);
  if (!whole.ok()) return whole;
  document->set_taille_octets((*envoi)->taille());
  document->set_empreinte(empreinte);
  if (entete->validate_only()) {
    absl::StatusOr<rpc::MessagePtr> tried = absl::InternalError("not tried");
    const absl::Status done = coffre_->Simuler(
        entete->parent(), empreinte, (*envoi)->taille(), Echeance(call->deadline),
        [&] { tried = store_->MutateAndWait(call, entete, creation_->Create(entete)); });
    return done.ok() ? tried : Public(done);
  }
  // The content before the document: a document always has one, and a content that becomes no
  // document is swept away.
  const absl::Status kept =
      coffre_->Ranger(entete->parent(), empreinte, **envoi, Echeance(call->deadline));
  if (!kept.ok()) return Public(kept);
  return store_->MutateAndWait(call, entete, creation_->Create(entete));
}

void Documents::Recevoir(rpc::CallPtr call, rpc::MessagePtr request, rpc::StreamSinkPtr sink) {
  const Place place(&en_cours_);
  if (!place.ok()) return sink->Finish(Complet());
  const std::string& name = static_cast<const v1::RecevoirDocumentRequest&>(*request).name();
  auto first = std::make_shared<v1::RecevoirDocumentResponse>();
  {
    absl::StatusOr<pg::Pool::Lease> session = store_->pool().Acquire(Echeance(call->deadline));
    if (!session.ok()) return sink->Finish(Public(session.status()));
    auto rows = store::RowsByName(**session, store::Table::Of<v1::Document>(), {name});
    if (!rows.ok()) return sink->Finish(Public(rows.status()));
    const auto found = rows->find(name);
    if (found == rows->end()) return sink->Finish(status::NotFound(name));
    first->mutable_document()->CopyFrom(*found->second);
  }
  const v1::Document& document = first->document();
  absl::Status status = sink->Write(first);
  if (status.ok())
    status = coffre_->Lire(document.porteur(), document.empreinte(), call->deadline,
                           [&](std::string part) {
                             auto next = std::make_shared<v1::RecevoirDocumentResponse>();
                             next->set_contenu(std::move(part));
                             return sink->Write(next);
                           });
  sink->Finish(Public(status));
}

}  // namespace pdv::actions
