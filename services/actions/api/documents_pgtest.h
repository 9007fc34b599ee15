#ifndef PDV_SERVICES_ACTIONS_API_DOCUMENTS_PGTEST_H_
#define PDV_SERVICES_ACTIONS_API_DOCUMENTS_PGTEST_H_

#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "absl/time/clock.h"
#include "common/pg/error.h"
#include "common/status/error.h"
#include "common/types/sha256.h"
#include "gmock/gmock.h"
#include "services/actions/api/essai_pgtest.h"
#include "services/actions/domain/dates.h"
#include "services/actions/domain/document.h"

namespace pdv::actions {

// The documents of a porteur, sent and read as its rédacteur does.
class DocumentsTest : public ActionsTest {
 protected:
  void SetUp() override {
    ASSERT_TRUE(Creer(Porteur("p")).ok());
    ASSERT_TRUE(Creer(Porteur("autre")).ok());
    service_.As("redacteur", "porteurs/p", "rose");
  }
  static std::string Pdf(size_t size) {
    std::string content = "%PDF-1.7\n";
    for (size_t i = content.size(); i < size; ++i)
      content.push_back(static_cast<char>(i * 31 + i / 997));
    return content;
  }
  static v1::EnteteDocument Entete(const std::string& id, v1::NatureDocument nature) {
    v1::EnteteDocument entete;
    entete.set_parent("porteurs/p");
    entete.set_document_id(id);
    entete.mutable_document()->set_nature(nature);
    entete.mutable_document()->set_titre("Document " + id);
    entete.mutable_document()->set_type_contenu("application/pdf");
    return entete;
  }
  absl::StatusOr<v1::Document> Envoyer(const v1::EnteteDocument& entete, const std::string& content,
                                       size_t part = 300'000) {
    std::vector<v1::EnvoyerDocumentRequest> messages(1);
    *messages[0].mutable_entete() = entete;
    for (size_t at = 0; at < content.size(); at += part)
      messages.emplace_back().set_contenu(content.substr(at, part));
    return service_.Send<v1::Document>("EnvoyerDocument", messages);
  }
  absl::StatusOr<v1::Document> Envoyer(const std::string& id, const std::string& content,
                                       v1::NatureDocument nature = v1::NATURE_DOCUMENT_RIB) {
    return Envoyer(Entete(id, nature), content);
  }
  absl::StatusOr<std::string> Recevoir(const std::string& id) {
    v1::RecevoirDocumentRequest request;
    request.set_name("porteurs/p/documents/" + id);
    std::string content;
    v1::RecevoirDocumentResponse part;
    auto stream = service_.Read("RecevoirDocument", request);
    while (stream->Next(&part)) content += part.contenu();
    absl::Status finished = stream->Finish();
    if (!finished.ok()) return finished;
    return content;
  }
  // Straight to a coffre, as a service that was started on it.
  static absl::Status Garder(Coffre& coffre, const std::string& content) {
    auto envoi = coffre.Recevoir();
    EXPECT_TRUE((*envoi)->Ecrire(content).ok());
    return coffre.Ranger("porteurs/p", (*envoi)->Empreinte(), **envoi, absl::InfiniteFuture());
  }
  static std::string Lire(Coffre& coffre, const std::string& sha) {
    std::string content;
    const absl::Status done =
        coffre.Lire("porteurs/p", sha, absl::InfiniteFuture(), [&](std::string part) {
          content += part;
          return absl::OkStatus();
        });
    return done.ok() ? content : status::ReasonOf(done);
  }
  static std::filesystem::path Racine() {
    return std::filesystem::temp_directory_path() / ("pdv-documents-" + std::to_string(getpid()));
  }
  std::string Raisons(const absl::Status& status) {
    std::string reasons;
    for (const status::Violation& one : status::ViolationsOf(status)) reasons += one.reason + " ";
    return reasons.empty() ? status::ReasonOf(status) : reasons;
  }
  int64_t Contenus() { return service_.Number("SELECT count(*) FROM contenu_document"); }
  std::string Refus(const std::string& sql) {
    const auto error = pg::ErrorOf(service_.sql().Exec(sql, {}, false).status());
    return error.has_value() ? error->constraint : "";
  }
};

}  // namespace pdv::actions

#endif  // PDV_SERVICES_ACTIONS_API_DOCUMENTS_PGTEST_H_
