// Documents of porteurs and those who act for them, through the service.
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
namespace {

using status::ReasonOf;
namespace fs = std::filesystem;

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
    return done.ok() ? content : ReasonOf(done);
  }
  static fs::path Racine() {
    return fs::temp_directory_path() / ("pdv-documents-" + std::to_string(getpid()));
  }
  std::string Raisons(const absl::Status& status) {
    std::string reasons;
    for (const status::Violation& one : status::ViolationsOf(status)) reasons += one.reason + " ";
    return reasons.empty() ? ReasonOf(status) : reasons;
  }
  int64_t Contenus() { return service_.Number("SELECT count(*) FROM contenu_document"); }
  std::string Refus(const std::string& sql) {
    const auto error = pg::ErrorOf(service_.sql().Exec(sql, {}, false).status());
    return error.has_value() ? error->constraint : "";
  }
};

TEST_F(DocumentsTest, ADocumentGoesInAndComesOut) {
  const std::string content = Pdf(3'000'000);
  v1::EnteteDocument entete = Entete("rib", v1::NATURE_DOCUMENT_RIB);
  entete.mutable_document()->set_taille_octets(3'000'000);
  entete.mutable_document()->set_empreinte(types::Sha256Hex(content));
  const auto sent = Envoyer(entete, content);
  ASSERT_TRUE(sent.ok()) << sent.status();
  EXPECT_EQ(sent->name(), "porteurs/p/documents/rib");
  EXPECT_EQ(sent->porteur(), "porteurs/p");
  EXPECT_EQ(sent->deposant(), "rose");
  const auto received = Recevoir("rib");
  ASSERT_TRUE(received.ok()) << received.status();
  EXPECT_EQ(*received, content);
  // Neither is told beforehand: both are computed.
  const auto computed = Envoyer("statuts", Pdf(10), v1::NATURE_DOCUMENT_STATUTS);
  ASSERT_TRUE(computed.ok()) << computed.status();
  EXPECT_EQ(computed->taille_octets(), 10);
  EXPECT_EQ(computed->empreinte(), types::Sha256Hex(Pdf(10)));
  EXPECT_EQ(*Recevoir("statuts"), Pdf(10));
  v1::ListDocumentsRequest list;
  list.set_parent("porteurs/p");
  list.set_filter("nature = \"RIB\"");
  EXPECT_EQ(service_.Call<v1::ListDocumentsResponse>("ListDocuments", list)->documents_size(), 1);
  EXPECT_EQ(Recevoir("inconnu").status().code(), absl::StatusCode::kNotFound);
}

TEST_F(DocumentsTest, WhatIsRefusedLeavesNothing) {
  const std::string content = Pdf(100'000);
  v1::EnteteDocument entete = Entete("rib", v1::NATURE_DOCUMENT_RIB);
  entete.mutable_document()->set_empreinte(std::string(64, 'a'));
  entete.mutable_document()->set_taille_octets(99'999);
  EXPECT_EQ(Raisons(Envoyer(entete, content).status()), "CONTENU_DIFFERENT CONTENU_DIFFERENT ");
  EXPECT_EQ(Raisons(Envoyer("rib", "<html>" + content).status()), "TYPE_DIFFERENT ");
  EXPECT_EQ(Raisons(Envoyer("rib", "").status()), "CONTENU_DIFFERENT ");
  entete = Entete("rib", v1::NATURE_DOCUMENT_RIB);
  entete.mutable_document()->set_type_contenu("text/html");
  EXPECT_EQ(Raisons(Envoyer(entete, content).status()), "TYPE_REFUSE ");
  entete = Entete("rib", v1::NATURE_DOCUMENT_RIB);
  entete.mutable_document()->set_taille_octets(kTailleMax + 1);
  EXPECT_EQ(Raisons(Envoyer(entete, content).status()), "DOCUMENT_TROP_GRAND ");
  EXPECT_EQ(
      Raisons(Envoyer(Entete("rib", v1::NATURE_DOCUMENT_RIB), Pdf(2 << 20), 2 << 20).status()),
      "TEXTE_TROP_LONG ");
  EXPECT_EQ(Raisons(Envoyer("rib", Pdf(kTailleMax + 1)).status()), "DOCUMENT_TROP_GRAND ");
  v1::EnvoyerDocumentRequest nothing;
  nothing.set_contenu("x");
  EXPECT_EQ(
      Raisons(
          service_.Send<v1::Document, v1::EnvoyerDocumentRequest>("EnvoyerDocument", {}).status()),
      "ENVOI_INCOHERENT ");
  EXPECT_EQ(
      Raisons(service_.Send<v1::Document, v1::EnvoyerDocumentRequest>("EnvoyerDocument", {nothing})
                  .status()),
      "ENVOI_INCOHERENT ");
  entete = Entete("rib", v1::NATURE_DOCUMENT_RIB);
  entete.set_validate_only(true);
  EXPECT_TRUE(Envoyer(entete, content).ok());
  EXPECT_EQ(service_.Number("SELECT count(*) FROM document"), 0);
  EXPECT_EQ(Contenus(), 0) << "nor does a simulation leave a content";
  // A process that dies before the document leaves one, which is swept away.
  auto coffre = CoffrePostgres(&service_.store().pool());
  ASSERT_TRUE(Garder(*coffre, content).ok());
  EXPECT_EQ(*coffre->Balayer(absl::Hours(1), absl::InfiniteFuture()), 0) << "it is too young";
  EXPECT_EQ(*coffre->Balayer(absl::Seconds(-1), absl::InfiniteFuture()), 1);
  EXPECT_EQ(Contenus(), 0);
  EXPECT_EQ(service_.Number("SELECT count(*) FROM morceau_contenu"), 0);
}

TEST_F(DocumentsTest, AContentIsKeptOnceAndADocumentSentOnce) {
  const std::string content = Pdf(700'000);
  v1::EnteteDocument entete = Entete("pv", v1::NATURE_DOCUMENT_PROCES_VERBAL);
  entete.set_request_id("envoi-1");
  const auto first = Envoyer(entete, content);
  ASSERT_TRUE(first.ok()) << first.status();
  EXPECT_EQ(Envoyer(entete, content)->uid(), first->uid()) << "same id, same answer";
  EXPECT_EQ(ReasonOf(Envoyer("pv2", content, v1::NATURE_DOCUMENT_PROCES_VERBAL).status()),
            "DOCUMENT_EXISTANT");
  ASSERT_TRUE(Envoyer("comptes", content, v1::NATURE_DOCUMENT_COMPTES).ok());
  EXPECT_EQ(Contenus(), 1);
  EXPECT_EQ(service_.Number("SELECT count(*) FROM morceau_contenu"), 3);
  // Deleted, it may be sent again, and is still read by those who cite it.
  v1::DeleteDocumentRequest erase;
  erase.set_name("porteurs/p/documents/pv");
  ASSERT_TRUE(service_.Call<v1::Document>("DeleteDocument", erase).ok());
  EXPECT_EQ(*Recevoir("pv"), content);
  EXPECT_TRUE(Envoyer("pv2", content, v1::NATURE_DOCUMENT_PROCES_VERBAL).ok());
  auto coffre = CoffrePostgres(&service_.store().pool());
  EXPECT_EQ(*coffre->Balayer(absl::Seconds(-1), absl::InfiniteFuture()), 0);
  // What a document says may change, not what it is.
  v1::UpdateDocumentRequest change;
  change.mutable_document()->set_name("porteurs/p/documents/pv2");
  change.mutable_document()->set_titre("PV du 2 mars");
  EXPECT_EQ(service_.Call<v1::Document>("UpdateDocument", change)->titre(), "PV du 2 mars");
  change.mutable_document()->set_empreinte(std::string(64, 'b'));
  EXPECT_EQ(service_.Call<v1::Document>("UpdateDocument", change).status().code(),
            absl::StatusCode::kInvalidArgument);
}

TEST_F(DocumentsTest, EachSendsTheDocumentsOfItsOwnOrganisation) {
  service_.As("redacteur", "porteurs/autre", "pirate");
  EXPECT_EQ(ReasonOf(Envoyer("rib", Pdf(20)).status()), "PERIMETRE_INSUFFISANT");
  service_.As("financeur", "porteurs/p");
  EXPECT_EQ(ReasonOf(Envoyer("rib", Pdf(20)).status()), "ROLE_INSUFFISANT");
  service_.As("chef_projet", "epci/243400769", "chloe");
  EXPECT_EQ(Envoyer("rib", Pdf(20))->deposant(), "chloe");
  v1::DeleteDocumentRequest erase;
  erase.set_name("porteurs/p/documents/rib");
  service_.As("redacteur", "porteurs/autre", "pirate");
  EXPECT_EQ(ReasonOf(service_.Call<v1::Document>("DeleteDocument", erase).status()),
            "PERIMETRE_INSUFFISANT");
  service_.As("redacteur", "porteurs/inconnu");
  v1::EnteteDocument entete = Entete("rib", v1::NATURE_DOCUMENT_RIB);
  entete.set_parent("porteurs/inconnu");
  EXPECT_EQ(Envoyer(entete, Pdf(20)).status().code(), absl::StatusCode::kNotFound);
  entete.set_parent("porteurs/../..");
  EXPECT_EQ(Envoyer(entete, Pdf(20)).status().code(), absl::StatusCode::kInvalidArgument);
}

TEST_F(DocumentsTest, AnActionCitesDocumentsThatAreThere) {
  service_.As("prefet", "", "paule");
  v1::CreateAppelAProjetsRequest appel;
  appel.set_appel_id("h");
  appel.mutable_appel()->set_libelle("Hérault 2023");
  appel.mutable_appel()->add_contrats("contrats/cv110");
  appel.mutable_appel()->set_exercice(2023);
  Ecrire(JourAParis(absl::Now()), appel.mutable_appel()->mutable_date_ouverture());
  Ecrire(JourAParis(absl::Now()) + 30, appel.mutable_appel()->mutable_date_cloture());
  auto* piece = appel.mutable_appel()->add_pieces();
  piece->set_code("rib");
  piece->set_libelle("RIB");
  ASSERT_TRUE(service_.Call<v1::AppelAProjets>("CreateAppelAProjets", appel).ok());
  for (const char* id : {"a", "b"}) {  // one document, several requests
    v1::Action action = Action(id);
    action.set_appel("appels/h");
    auto* joined = action.add_pieces();
    joined->set_code("rib");
    joined->set_document("porteurs/p/documents/rib");
    if (std::string(id) == "a") {
      EXPECT_EQ(ReasonOf(Creer(action).status()), "REFERENCE_INCONNUE");
      ASSERT_TRUE(Envoyer("rib", Pdf(20)).ok());
    }
    const auto created = Creer(action);
    EXPECT_TRUE(created.ok()) << created.status();
  }
}

TEST_F(DocumentsTest, TheTablesRefuseItWhoeverWrites) {
  ASSERT_TRUE(Envoyer("rib", Pdf(20)).ok());
  EXPECT_EQ(Refus("UPDATE document SET empreinte = repeat('a', 64)"), "document_contenu_fixe");
  EXPECT_EQ(Refus("UPDATE document SET taille_octets = 21"), "document_contenu_fkey");
  EXPECT_EQ(Refus("UPDATE document SET titre = 'x', valide_du = '2024-01-02', "
                  "valide_jusquau = '2024-01-01'"),
            "document_dates");
  EXPECT_EQ(Refus("DELETE FROM contenu_document"), "document_contenu_fkey");
  service_.Script("GRANT UPDATE ON morceau_contenu TO CURRENT_USER");
  EXPECT_EQ(Refus("UPDATE morceau_contenu SET rang = 2"), "morceau_contenu_ajout_seul");
}

// What is kept may rot: whoever reads is told, and does not get the last part.
TEST_F(DocumentsTest, AnAlteredContentIsNeverGivenForTheTruth) {
  ASSERT_TRUE(Envoyer("rib", Pdf(600'000)).ok());
  service_.Script(
      "GRANT UPDATE ON morceau_contenu TO CURRENT_USER;"
      "ALTER TABLE morceau_contenu DISABLE TRIGGER morceau_contenu_ajout_seul;"
      "UPDATE morceau_contenu SET octets = set_byte(octets, 5, 0) WHERE rang = 1");
  EXPECT_EQ(ReasonOf(Recevoir("rib").status()), "CONTENU_ALTERE");
  service_.Script("DELETE FROM morceau_contenu");
  EXPECT_EQ(ReasonOf(Recevoir("rib").status()), "CONTENU_ALTERE");
}

TEST_F(DocumentsTest, AVolumeKeepsTheSamePromises) {
  const fs::path root = Racine();
  auto opened = Coffre::Ouvrir(root, &service_.store().pool());
  ASSERT_TRUE(opened.ok()) << opened.status();
  Coffre& coffre = **opened;
  const auto files = [&](const char* folder) {
    int count = 0;
    for (const auto& entry : fs::recursive_directory_iterator(root / folder))
      count += entry.is_regular_file();
    return count;
  };
  const std::string content = Pdf(700'000), sha = types::Sha256Hex(content);
  ASSERT_TRUE(Garder(coffre, content).ok());
  ASSERT_TRUE(Garder(coffre, content).ok());
  EXPECT_EQ(files("contenus"), 1);
  EXPECT_EQ(Lire(coffre, sha), content);
  {
    auto cut = coffre.Recevoir();
    ASSERT_TRUE((*cut)->Ecrire("half of").ok());
    EXPECT_EQ(files("envois"), 1);
  }
  EXPECT_EQ(files("envois"), 0) << "half a sending leaves nothing";
  std::ofstream(root / "envois" / "envoi-abcdef") << "left by a process that was killed";
  EXPECT_EQ(*coffre.Balayer(absl::Seconds(-1), absl::InfiniteFuture()), 1);
  EXPECT_EQ(files("envois") + files("contenus"), 0);
  EXPECT_EQ(Lire(coffre, sha), "CONTENU_ALTERE");
  ASSERT_TRUE(Garder(coffre, content).ok());
  std::ofstream(root / "contenus" / "p" / sha, std::ios::app) << "rot";
  EXPECT_EQ(Lire(coffre, sha), "CONTENU_ALTERE");
  // To send it again heals what was altered, and what was lost.
  ASSERT_TRUE(Garder(coffre, content).ok());
  EXPECT_EQ(Lire(coffre, sha), content);
  fs::remove(root / "contenus" / "p" / sha);
  EXPECT_EQ(Lire(coffre, sha), "CONTENU_ALTERE");
  ASSERT_TRUE(Garder(coffre, content).ok());
  EXPECT_EQ(Lire(coffre, sha), content);
  EXPECT_FALSE(Coffre::Ouvrir("relatif", &service_.store().pool()).ok());
  fs::remove_all(root);
}

// A document is acknowledged only where its content is there, whatever the rows say.
TEST_F(DocumentsTest, ToSendAContentAgainHealsIt) {
  const std::string content = Pdf(600'000);
  ASSERT_TRUE(Envoyer("rib", content).ok());
  service_.Script("DELETE FROM morceau_contenu WHERE rang = 1");
  EXPECT_EQ(ReasonOf(Recevoir("rib").status()), "CONTENU_ALTERE");
  ASSERT_TRUE(Envoyer("statuts", content, v1::NATURE_DOCUMENT_STATUTS).ok());
  EXPECT_EQ(*Recevoir("rib"), content);
  service_.Script("DELETE FROM morceau_contenu");
  EXPECT_EQ(ReasonOf(Envoyer("rib2", content).status()), "DOCUMENT_EXISTANT");
  EXPECT_EQ(*Recevoir("statuts"), content);
  // A simulation takes nothing of it away, and puts nothing.
  v1::EnteteDocument entete = Entete("pv", v1::NATURE_DOCUMENT_PROCES_VERBAL);
  entete.set_validate_only(true);
  EXPECT_TRUE(Envoyer(entete, content).ok());
  EXPECT_EQ(*Recevoir("statuts"), content);
  EXPECT_EQ(Contenus(), 1);
}

TEST_F(DocumentsTest, AContentIsReadWhereItLiesOrNotAtAll) {
  const fs::path root = Racine();
  auto postgres = CoffrePostgres(&service_.store().pool());
  auto volume = *Coffre::Ouvrir(root, &service_.store().pool());
  const std::string content = Pdf(600'000), sha = types::Sha256Hex(content);
  const auto parts = [&] { return service_.Number("SELECT count(*) FROM morceau_contenu"); };
  ASSERT_TRUE(Garder(*postgres, content).ok());
  EXPECT_EQ(Lire(*volume, sha), content) << "what was kept before the volume is still read";
  // Sent again, it moves there.
  ASSERT_TRUE(Garder(*volume, content).ok());
  EXPECT_EQ(parts(), 0);
  EXPECT_EQ(Lire(*volume, sha), content);
  EXPECT_EQ(Lire(*postgres, sha), "CONTENU_AILLEURS");
  EXPECT_EQ(*postgres->Balayer(absl::Seconds(-1), absl::InfiniteFuture()), 0) << "not its own";
  // And back.
  ASSERT_TRUE(Garder(*postgres, content).ok());
  EXPECT_EQ(parts(), 3);
  EXPECT_EQ(Lire(*postgres, sha), content);
  EXPECT_EQ(Lire(*volume, sha), content);
  EXPECT_EQ(Contenus(), 1);
  EXPECT_EQ(*volume->Balayer(absl::Seconds(-1), absl::InfiniteFuture()), 1);
  EXPECT_EQ(Lire(*postgres, sha), "CONTENU_ALTERE");
  fs::remove_all(root);
}

// The file goes after its row: a sweep that cannot end leaves room taken, and loses no document.
TEST_F(DocumentsTest, ASweepThatFailsLosesNothing) {
  const fs::path root = Racine();
  auto volume = *Coffre::Ouvrir(root, &service_.store().pool());
  const std::string content = Pdf(20), sha = types::Sha256Hex(content);
  ASSERT_TRUE(Garder(*volume, content).ok());
  service_.Script(
      "CREATE FUNCTION refuser() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION "
      "'panne'; END $$; CREATE CONSTRAINT TRIGGER panne AFTER DELETE ON contenu_document "
      "DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION refuser()");
  EXPECT_FALSE(volume->Balayer(absl::Seconds(-1), absl::InfiniteFuture()).ok());
  EXPECT_EQ(Contenus(), 1);
  EXPECT_EQ(Lire(*volume, sha), content);
  service_.Script("DROP TRIGGER panne ON contenu_document");
  EXPECT_EQ(*volume->Balayer(absl::Seconds(-1), absl::InfiniteFuture()), 1);
  fs::remove_all(root);
}

TEST_F(DocumentsTest, APorteurSaysWhoActsForIt) {
  const auto name = [&](const std::string& acteur, v1::RoleMembre role) {
    v1::CreateMembreRequest request;
    request.set_parent("porteurs/p");
    request.set_membre_id(acteur);
    request.mutable_membre()->set_acteur(acteur);
    request.mutable_membre()->set_role(role);
    Ecrire(types::Date(2024, 1, 1), request.mutable_membre()->mutable_du());
    return service_.Call<v1::Membre>("CreateMembre", request);
  };
  ASSERT_TRUE(Souscrire("p", 2022, 1, 2).ok());
  service_.As("redacteur", "porteurs/p", "rose");
  ASSERT_TRUE(name("adam", v1::ROLE_MEMBRE_ADMINISTRATEUR).ok());
  EXPECT_EQ(ReasonOf(name("rose", v1::ROLE_MEMBRE_REDACTEUR).status()), "MANDAT_ABSENT");
  service_.As("redacteur", "porteurs/p", "adam");
  ASSERT_TRUE(name("raoul", v1::ROLE_MEMBRE_REDACTEUR).ok());
  ASSERT_TRUE(name("anne", v1::ROLE_MEMBRE_SIGNATAIRE).ok());
  service_.As("signataire", "porteurs/autre", "adam");
  EXPECT_EQ(ReasonOf(name("pirate", v1::ROLE_MEMBRE_SIGNATAIRE).status()), "PERIMETRE_INSUFFISANT");
  // Rose is not of those who write any more; Raoul is.
  service_.As("redacteur", "porteurs/p", "rose");
  EXPECT_EQ(ReasonOf(Envoyer("rib", Pdf(20)).status()), "MANDAT_ABSENT");
  v1::CreateActionRequest create;
  *create.mutable_action() = Action("a");
  EXPECT_EQ(ReasonOf(service_.Call<v1::Action>("CreateAction", create).status()), "MANDAT_ABSENT");
  service_.As("redacteur", "porteurs/p", "raoul");
  ASSERT_TRUE(Envoyer("rib", Pdf(20)).ok());
  ASSERT_TRUE(service_.Call<v1::Action>("CreateAction", create).ok());
  Budget("a", true);
  const auto as = [&](const char* role, const char* acteur, const char* method) {
    service_.As(role, "porteurs/p", acteur);
    return ReasonOf(Faire<v1::SoumettreActionRequest>(method, "a").status());
  };
  v1::UpdateActionRequest change;
  change.mutable_action()->set_name("actions/a");
  change.mutable_action()->set_objet("Deux soirs par semaine");
  service_.As("redacteur", "porteurs/p", "rose");
  EXPECT_EQ(ReasonOf(service_.Call<v1::Action>("UpdateAction", change).status()), "MANDAT_ABSENT");
  EXPECT_EQ(as("redacteur", "rose", "SoumettreAction"), "MANDAT_ABSENT");
  EXPECT_EQ(as("redacteur", "raoul", "SoumettreAction"), "");
  EXPECT_EQ(as("signataire", "raoul", "AttesterAction"), "MANDAT_ABSENT");
  EXPECT_EQ(as("signataire", "rose", "AbandonnerAction"), "MANDAT_ABSENT");
  // The organisation is bound by who may sign for it, and nobody else.
  EXPECT_EQ(ReasonOf(Souscrire("p", 2023, 1, 2).status()), "MANDAT_ABSENT");
  EXPECT_EQ(as("signataire", "anne", "AttesterAction"), "");
  // The one who manages does not leave without a successor.
  service_.As("signataire", "porteurs/p", "adam");
  v1::DeleteMembreRequest leave;
  leave.set_name("porteurs/p/membres/adam");
  EXPECT_EQ(ReasonOf(service_.Call<v1::Membre>("DeleteMembre", leave).status()),
            "ADMINISTRATEUR_ABSENT");
  ASSERT_TRUE(name("alma", v1::ROLE_MEMBRE_ADMINISTRATEUR).ok());
  service_.As("signataire", "porteurs/p", "anne");
  EXPECT_EQ(ReasonOf(service_.Call<v1::Membre>("DeleteMembre", leave).status()), "MANDAT_ABSENT");
  service_.As("signataire", "porteurs/p", "adam");
  EXPECT_TRUE(service_.Call<v1::Membre>("DeleteMembre", leave).ok());
}

}  // namespace
}  // namespace pdv::actions
