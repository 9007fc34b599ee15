// The delegation tree on a real store.
#include "common/status/error.h"
#include "pdv/commun/type/v1/importation.pb.h"
#include "services/financement/app/doter_enveloppe.h"
#include "services/financement/store/banc_pgtest.h"

namespace pdv::financement {
namespace {

class DoterEnveloppeTest : public ::testing::Test {
 protected:
  DoterEnveloppeTest() {
    banc_.Territoires();
    EXPECT_TRUE(banc_.CreerEnveloppe("nation", "nation", 1000).ok());
    EXPECT_TRUE(banc_.CreerEnveloppe("r76", "regions/76", 600, "nation").ok());
    EXPECT_TRUE(banc_.CreerEnveloppe("d34", "departements/34", 0, "r76").ok());
  }
  // "montant/disponible/gele/delegue" of an envelope.
  std::string Etat(const std::string& id) {
    const auto rows = banc_.sql().Exec(
        absl::StrCat("SELECT concat_ws('/', montant_centimes, disponible_centimes, gele_centimes, "
                     "delegue_centimes) FROM enveloppe WHERE name = 'enveloppes/",
                     id, "'"),
        {}, false);
    return rows.ok() && rows->rows() == 1 ? std::string(rows->Text(0, 0)) : "";
  }
  template <class Request>
  static Request Demande(const std::string& id, int64_t montant) {
    Request request;
    request.set_name("enveloppes/" + id);
    request.set_montant_centimes(montant);
    request.set_motif("Circulaire du 3 janvier.");
    return request;
  }
  std::string Deleguer(const std::string& id, const std::string& enfant, int64_t montant,
                       bool reprise = false) {
    auto request = Demande<v1::DeleguerEnveloppeRequest>(id, montant);
    request.set_enfant("enveloppes/" + enfant);
    request.set_reprise(reprise);
    return status::ReasonOf(banc_.Run<v1::Enveloppe>(request, DeleguerEnveloppe).status());
  }
  Banc banc_;
};

TEST_F(DoterEnveloppeTest, MoneyGoesDownTheTreeAndIsNeverInTwoPlaces) {
  EXPECT_EQ(Etat("nation"), "400/400/0/600");
  EXPECT_EQ(Etat("r76"), "600/600/0/0");
  EXPECT_EQ(Deleguer("r76", "d34", 601), "ENVELOPPE_INSUFFISANTE");
  EXPECT_EQ(Deleguer("r76", "d34", 500), "");
  EXPECT_EQ(Deleguer("nation", "d34", 1), "PARENT_INCOHERENT");
  EXPECT_EQ(Deleguer("nation", "r76", 401), "ENVELOPPE_INSUFFISANTE");
  EXPECT_EQ(Deleguer("r76", "d34", 200, /*reprise=*/true), "");
  EXPECT_EQ(Etat("r76"), "300/300/0/300");
  EXPECT_EQ(Etat("d34"), "300/300/0/0");
  EXPECT_EQ(status::ReasonOf(banc_.CreerEnveloppe("c", "contrats/cv110", 301, "d34").status()),
            "ENVELOPPE_INSUFFISANTE");
  EXPECT_EQ(status::ReasonOf(banc_.CreerEnveloppe("c", "nation", 1, "d34").status()),
            "PARENT_INCOHERENT");
  EXPECT_EQ(banc_.Number("SELECT sum(montant_centimes) FROM enveloppe"), 1000);
  EXPECT_EQ(banc_.Number("SELECT count(*) FROM ecart"), 0);
}

// What one child received is with that one: its sister, whatever she has from elsewhere, does not
// give it back.
TEST_F(DoterEnveloppeTest, AParentTakesBackFromEachChildWhatItGaveToThatOne) {
  ASSERT_TRUE(banc_.CreerEnveloppe("d30", "departements/30", 0, "r76").ok());
  EXPECT_EQ(Deleguer("r76", "d34", 100), "");
  ASSERT_TRUE(
      banc_.Run<v1::Enveloppe>(Demande<v1::AbonderEnveloppeRequest>("d30", 100), AbonderEnveloppe)
          .ok());
  EXPECT_EQ(Deleguer("r76", "d30", 100, /*reprise=*/true), "REPRISE_EXCESSIVE");
  EXPECT_EQ(Deleguer("r76", "d30", 1, /*reprise=*/true), "REPRISE_EXCESSIVE");
  EXPECT_EQ(Deleguer("r76", "d34", 100, /*reprise=*/true), "");
  EXPECT_EQ(Etat("r76"), "600/600/0/0");
  EXPECT_EQ(Etat("d30"), "100/100/0/0");
  EXPECT_EQ(Deleguer("r76", "d30", 20), "");
  EXPECT_EQ(Deleguer("r76", "d30", 21, /*reprise=*/true), "REPRISE_EXCESSIVE");
  EXPECT_EQ(banc_.Number("SELECT recu_centimes FROM enveloppe WHERE name = 'enveloppes/d30'"), 20);
  EXPECT_EQ(banc_.Number("SELECT recu_centimes FROM enveloppe WHERE name = 'enveloppes/r76'"), 600);
  EXPECT_EQ(banc_.Number("SELECT count(*) FROM ecart"), 0);
}

TEST_F(DoterEnveloppeTest, AChildIsInThePerimeterOfItsParent) {
  const auto refusal = [this](const char* perimetre, const char* parent) {
    return status::ReasonOf(banc_.CreerEnveloppe("c", perimetre, 0, parent).status());
  };
  EXPECT_EQ(refusal("departements/59", "r76"), "PARENT_INCOHERENT");
  EXPECT_EQ(refusal("contrats/cv110", "d34"), "");
  ASSERT_TRUE(banc_.CreerEnveloppe("d30", "departements/30", 0, "r76").ok());
  EXPECT_EQ(refusal("contrats/cv110", "d30"), "PARENT_INCOHERENT");
  // Neither its contrat nor its département: a feed has still to tell them.
  EXPECT_EQ(refusal("contrats/inconnu", "r76"), "PARENT_INCOHERENT");
  EXPECT_EQ(refusal("departements/01", "r76"), "PARENT_INCOHERENT");
  EXPECT_EQ(status::ReasonOf(banc_.CreerEnveloppe("autre", "contrats/cv110", 0, "r76").status()),
            "");
  EXPECT_EQ(
      status::ReasonOf(banc_.CreerEnveloppe("libre", "departements/01", 0, "nation").status()), "");
}

TEST_F(DoterEnveloppeTest, IsAddedToFrozenTransferredAndCarriedOver) {
  ASSERT_TRUE(
      banc_.Run<v1::Enveloppe>(Demande<v1::AbonderEnveloppeRequest>("d34", 50), AbonderEnveloppe)
          .ok());
  ASSERT_TRUE(
      banc_.Run<v1::Enveloppe>(Demande<v1::GelerEnveloppeRequest>("d34", 20), GelerEnveloppe).ok());
  EXPECT_EQ(Etat("d34"), "50/30/20/0");
  ASSERT_TRUE(
      banc_.Run<v1::Enveloppe>(Demande<v1::DegelerEnveloppeRequest>("d34", 5), DegelerEnveloppe)
          .ok());
  ASSERT_TRUE(banc_.CreerEnveloppe("d30", "departements/30", 0).ok());
  auto transfer = Demande<v1::TransfererEnveloppeRequest>("d34", 10);
  transfer.set_destination("enveloppes/d30");
  const auto moved = banc_.Run<v1::Enveloppe>(transfer, TransfererEnveloppe);
  ASSERT_TRUE(moved.ok()) << moved.status();
  EXPECT_EQ(moved->disponible_centimes(), 25);
  EXPECT_EQ(Etat("d30"), "10/10/0/0");
  ASSERT_TRUE(banc_.CreerEnveloppe("d34-2024", "departements/34", 0).ok());
  auto carry = Demande<v1::ReporterEnveloppeRequest>("d34", 0);
  carry.set_destination("enveloppes/d34-2024");
  EXPECT_EQ(status::ReasonOf(banc_.Run<v1::Enveloppe>(carry, ReporterEnveloppe).status()),
            "ENVELOPPE_INCOHERENTE");
  banc_.Sql(
      "ALTER TABLE enveloppe DISABLE TRIGGER enveloppe_garder;"
      "UPDATE enveloppe SET exercice = 2024 WHERE name = 'enveloppes/d34-2024';"
      "ALTER TABLE enveloppe ENABLE TRIGGER enveloppe_garder");
  ASSERT_TRUE(banc_.Run<v1::Enveloppe>(carry, ReporterEnveloppe).ok());
  EXPECT_EQ(Etat("d34"), "15/0/15/0");
  EXPECT_EQ(Etat("d34-2024"), "25/25/0/0");
  EXPECT_EQ(banc_.Number("SELECT count(*) FROM ecriture WHERE motif = 'Circulaire du 3 janvier.'"),
            5);
  EXPECT_EQ(banc_.Number("SELECT count(*) FROM ecart"), 0);
}

TEST_F(DoterEnveloppeTest, ARegisterRestatesADotationByACorrection) {
  auto importer = [this](int64_t dotation) {
    auto request = std::make_shared<v1::ImporterEnveloppesRequest>();
    v1::Enveloppe& one = *request->add_enveloppes();
    one.set_name("enveloppes/nation");
    one.set_libelle("nation");
    one.set_financeur("financeurs/etat");
    one.set_programme("147");
    one.set_perimetre("nation");
    one.set_exercice(2023);
    one.set_nature(v1::NATURE_ENVELOPPE_AE);
    one.set_dotation_centimes(dotation);
    UnMessage source(request);
    const auto report = banc_.enveloppes().Import(Banc::Call("ImporterEnveloppes"), source);
    EXPECT_TRUE(report.ok()) << report.status();
    return static_cast<const commun::type::v1::RapportImport&>(**report);
  };
  EXPECT_EQ(importer(1000).inchanges(), 1);
  EXPECT_EQ(importer(1500).modifies(), 1);
  EXPECT_EQ(Etat("nation"), "900/900/0/600");
  const auto refused = importer(599);
  ASSERT_EQ(refused.rejetes(), 1);
  EXPECT_EQ(refused.constats(0).raison(), "ENVELOPPE_ENTAMEE");
  EXPECT_EQ(importer(600).modifies(), 1);
  EXPECT_EQ(Etat("nation"), "0/0/0/600");
  EXPECT_EQ(banc_.Number("SELECT count(*) FROM ecriture WHERE nature = 'CORRECTION'"), 2);
  EXPECT_EQ(banc_.Number("SELECT count(*) FROM ecart"), 0);
}

TEST_F(DoterEnveloppeTest, AnotherFundersMoneyIsNotMoved) {
  banc_.Financeur("region");
  banc_.Enveloppe("autre", "region", "AE", 10);
  banc_.Sql("UPDATE financeur SET utilise_la_suite = true WHERE name = 'financeurs/region'");
  EXPECT_EQ(
      status::ReasonOf(
          banc_.Run<v1::Enveloppe>(Demande<v1::GelerEnveloppeRequest>("autre", 5), GelerEnveloppe)
              .status()),
      "PERIMETRE_INSUFFISANT");
}

}  // namespace
}  // namespace pdv::financement
