#include "services/actions/domain/document.h"

#include "common/status/error.h"
#include "gtest/gtest.h"

namespace pdv::actions {
namespace {

v1::Document Document(const char* type) {
  v1::Document document;
  document.set_type_contenu(type);
  return document;
}

std::string Raisons(const absl::Status& status) {
  std::string reasons;
  for (const status::Violation& one : status::ViolationsOf(status))
    reasons += one.field + ":" + one.reason + " ";
  return reasons;
}

TEST(Document, SomeTypesAreTaken) {
  EXPECT_TRUE(VerifierEntete(Document("application/pdf")).ok());
  EXPECT_TRUE(VerifierEntete(Document("application/vnd.oasis.opendocument.text")).ok());
  for (const char* refused : {"text/html", "image/svg+xml", "application/x-sh", "pdf", ""})
    EXPECT_EQ(Raisons(VerifierEntete(Document(refused))), "document.type_contenu:TYPE_REFUSE ");
}

TEST(Document, ASizeIsBoundedAnnouncedOrNot) {
  v1::Document document = Document("application/pdf");
  document.set_taille_octets(kTailleMax);
  EXPECT_TRUE(VerifierEntete(document).ok());
  document.set_taille_octets(kTailleMax + 1);
  EXPECT_EQ(Raisons(VerifierEntete(document)), "document.taille_octets:DOCUMENT_TROP_GRAND ");
  EXPECT_TRUE(VerifierTaille(kTailleMax).ok());
  EXPECT_EQ(Raisons(VerifierTaille(kTailleMax + 1)), "contenu:DOCUMENT_TROP_GRAND ");
}

TEST(Document, EveryViolationIsToldAtOnce) {
  v1::Document document = Document("text/html");
  document.set_taille_octets(kTailleMax + 1);
  document.mutable_valide_du()->set_year(2024);
  document.mutable_valide_du()->set_month(1);
  document.mutable_valide_du()->set_day(2);
  *document.mutable_valide_jusquau() = document.valide_du();
  EXPECT_EQ(status::ViolationsOf(VerifierEntete(document)).size(), 2u);
  document.mutable_valide_jusquau()->set_day(1);
  EXPECT_EQ(status::ViolationsOf(VerifierEntete(document)).size(), 3u);
}

TEST(Document, TheContentIsOfItsType) {
  EXPECT_TRUE(EstDuType("application/pdf", "%PDF-1.7"));
  EXPECT_FALSE(EstDuType("application/pdf", "PK\x03\x04...."));
  EXPECT_FALSE(EstDuType("application/pdf", "%PD"));
  EXPECT_TRUE(EstDuType("image/png", "\x89PNG\r\n\x1A\n"));
  EXPECT_FALSE(EstDuType("image/png", "<html>.."));
  EXPECT_TRUE(EstDuType("image/jpeg", "\xFF\xD8\xFF\xE0...."));
  EXPECT_TRUE(EstDuType("text/csv", "a;b\n1;2\n"));
  EXPECT_FALSE(EstDuType("text/csv", std::string_view("MZ\0\0", 4)));
  EXPECT_TRUE(EstDuType("application/vnd.oasis.opendocument.spreadsheet", "PK\x03\x04...."));
  EXPECT_FALSE(EstDuType("text/html", "<html>"));
}

TEST(Document, TheContentIsWhatWasAnnounced) {
  v1::Document document = Document("application/pdf");
  const std::string one(64, 'a'), other(64, 'b');
  EXPECT_TRUE(VerifierContenu(document, "%PDF-1.7", 100, one).ok());
  document.set_taille_octets(100);
  document.set_empreinte(one);
  EXPECT_TRUE(VerifierContenu(document, "%PDF-1.7", 100, one).ok());
  EXPECT_EQ(Raisons(VerifierContenu(document, "%PDF-1.7", 99, other)),
            "document.taille_octets:CONTENU_DIFFERENT document.empreinte:CONTENU_DIFFERENT ");
  EXPECT_EQ(Raisons(VerifierContenu(document, "GIF89a..", 100, one)),
            "document.type_contenu:TYPE_DIFFERENT ");
  EXPECT_EQ(Raisons(VerifierContenu(Document("application/pdf"), "", 0, one)),
            "contenu:CONTENU_DIFFERENT ");
}

}  // namespace
}  // namespace pdv::actions
