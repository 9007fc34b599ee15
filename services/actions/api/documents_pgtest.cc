// Documents of porteurs, through the service.
#include "services/actions/api/documents_pgtest.h"

namespace pdv::actions {
namespace {

using status::ReasonOf;
namespace fs = std::filesystem;

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

}  // namespace
}  // namespace pdv::actions
