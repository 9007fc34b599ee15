// The stream ImporterLignes, on a real store: what a register may tell and what it may not.
#include "common/status/error.h"
#include "pdv/commun/type/v1/importation.pb.h"
#include "services/financement/app/decider_ligne.h"
#include "services/financement/store/banc_pgtest.h"

namespace pdv::financement {
namespace {

using commun::type::v1::RapportImport;

class ImporterLignesTest : public ::testing::Test {
 protected:
  ImporterLignesTest() {
    for (const char* id : {"a", "b", "c"}) banc_.Action(id, 1, "contrats/cv110", "");
  }
  RapportImport Importer(const std::vector<v1::Ligne>& lignes) {
    auto request = std::make_shared<v1::ImporterLignesRequest>();
    for (const v1::Ligne& ligne : lignes) *request->add_lignes() = ligne;
    UnMessage source(request);
    const auto report = banc_.lignes().Import(Banc::Call("ImporterLignes"), source);
    EXPECT_TRUE(report.ok()) << report.status();
    return report.ok() ? static_cast<const RapportImport&>(**report) : RapportImport();
  }
  static v1::Ligne Payee(const std::string& id, int64_t cents) {
    v1::Ligne ligne = Banc::Demande(id, id, "", cents);
    ligne.set_vote_specifiques_centimes(cents);
    ligne.set_engage_specifiques_centimes(cents);
    ligne.set_paye_specifiques_centimes(cents);
    ligne.set_source("postes-2023.csv");
    return ligne;
  }
  int64_t Lignes(const std::string& where) {
    return banc_.Number("SELECT count(*) FROM ligne WHERE " + where);
  }
  Banc banc_;
};

TEST_F(ImporterLignesTest, ALineArrivesAtTheStageThatItsAmountsTell) {
  v1::Ligne asked = Banc::Demande("a", "a", "", 10);
  v1::Ligne voted = Banc::Demande("b", "b", "", 10);
  voted.set_vote_droit_commun_centimes(1);
  const RapportImport report = Importer({asked, voted, Payee("c", 5)});
  EXPECT_EQ(report.crees(), 3);
  EXPECT_EQ(Lignes("name = 'lignes/a' AND etat = 'DEMANDEE'"), 1);
  EXPECT_EQ(Lignes("name = 'lignes/b' AND etat = 'VOTEE'"), 1);
  EXPECT_EQ(Lignes("name = 'lignes/c' AND etat = 'VERSEE'"), 1);
  EXPECT_EQ(Lignes("contrat = 'contrats/cv110' AND exercice = 2023"), 3);
}

TEST_F(ImporterLignesTest, ASecondReadingChangesNothing) {
  const std::vector<v1::Ligne> lignes{Payee("a", 5), Payee("b", 6)};
  Importer(lignes);
  const RapportImport again = Importer(lignes);
  EXPECT_EQ(again.inchanges(), 2);
  EXPECT_EQ(Lignes("revision = 1"), 2);
}

TEST_F(ImporterLignesTest, ARefusedLineLeavesTheOthersIn) {
  banc_.Enveloppe("ae", "etat", "AE", 100);
  v1::Ligne large = Payee("b", 101);
  large.set_enveloppe("enveloppes/ae");
  v1::Ligne excessive = Payee("c", 5);
  excessive.set_paye_specifiques_centimes(6);
  v1::Ligne unknown = Payee("x", 5);
  const RapportImport report = Importer({Payee("a", 5), large, excessive, unknown});
  EXPECT_EQ(report.crees(), 1);
  ASSERT_EQ(report.constats_size(), 3);
  EXPECT_EQ(report.constats(0).raison(), "ENVELOPPE_INSUFFISANTE");
  EXPECT_EQ(report.constats(1).raison(), "MONTANT_EXCESSIF");
  EXPECT_EQ(report.constats(2).raison(), "REFERENCE_INCONNUE");
  EXPECT_EQ(Lignes("true"), 1);
}

TEST_F(ImporterLignesTest, ASourceCorrectsWhatItToldAndNobodyElseDoes) {
  Importer({Payee("a", 5)});
  EXPECT_EQ(Importer({Payee("a", 7)}).modifies(), 1);
  v1::Ligne other = Payee("a", 9);
  other.set_source("autre.csv");
  const RapportImport refused = Importer({other});
  ASSERT_EQ(refused.rejetes(), 1);
  EXPECT_EQ(refused.constats(0).raison(), "LIGNE_DECIDEE");
  EXPECT_EQ(Lignes("paye_specifiques_centimes = 7"), 1);
}

TEST_F(ImporterLignesTest, AnOldFileUndoesNoVote) {
  v1::Ligne asked = Banc::Demande("a", "a", "", 10);
  asked.set_source("demandes.csv");
  Importer({asked});
  v1::VoterLigneRequest vote;
  vote.set_name("lignes/a");
  vote.set_vote_specifiques_centimes(8);
  ASSERT_TRUE(banc_.Run<v1::Ligne>(vote, VoterLigne).ok());
  const RapportImport again = Importer({asked});
  EXPECT_EQ(again.rejetes(), 1);
  EXPECT_EQ(Lignes("etat = 'VOTEE' AND vote_specifiques_centimes = 8"), 1);
}

// domain/imports_test.cc has the cases; here, that the store keeps what they need.
TEST_F(ImporterLignesTest, AVoteOfHereIsNotCutByTheRegisterThatToldTheDemand) {
  v1::Ligne told = Banc::Demande("a", "a", "", 10);
  told.set_source("registre.csv");
  Importer({told});
  v1::VoterLigneRequest vote;
  vote.set_name("lignes/a");
  vote.set_vote_specifiques_centimes(8);
  ASSERT_TRUE(banc_.Run<v1::Ligne>(vote, VoterLigne).ok());
  EXPECT_EQ(Lignes("etape_decidee = 'VOTEE'"), 1);
  told.set_vote_specifiques_centimes(5);
  const RapportImport cut = Importer({told});
  ASSERT_EQ(cut.rejetes(), 1);
  EXPECT_EQ(cut.constats(0).raison(), "LIGNE_DECIDEE");
  EXPECT_EQ(Lignes("vote_specifiques_centimes = 8"), 1);
}

TEST_F(ImporterLignesTest, AnImportLowersNoState) {
  v1::Ligne asked = Banc::Demande("a", "a", "", 10), voted = Payee("b", 8);
  voted.clear_engage_specifiques_centimes();
  voted.clear_paye_specifiques_centimes();
  Importer({asked, voted, Banc::Demande("c", "c", "", 10)});
  v1::PrendreEnChargeLigneRequest take;
  take.set_name("lignes/a");
  ASSERT_TRUE(banc_.Run<v1::Ligne>(take, PrendreEnChargeLigne).ok());
  v1::NotifierLigneRequest tell;
  tell.set_name("lignes/b");
  ASSERT_TRUE(banc_.Run<v1::Ligne>(tell, NotifierLigne).ok());
  v1::DeclarerIrrecevableLigneRequest reject;
  reject.set_name("lignes/c");
  reject.set_motif("Hors quartier.");
  ASSERT_TRUE(banc_.Run<v1::Ligne>(reject, DeclarerIrrecevableLigne).ok());
  asked.set_demande_specifiques_centimes(12);
  voted.set_vote_specifiques_centimes(9);
  v1::Ligne rejected = Banc::Demande("c", "c", "", 12);
  const RapportImport again = Importer({asked, voted, rejected});
  EXPECT_EQ(again.modifies(), 2);
  EXPECT_EQ(again.rejetes(), 1);
  EXPECT_EQ(Lignes("name = 'lignes/a' AND etat = 'PRISE_EN_CHARGE' AND "
                   "demande_specifiques_centimes = 12"),
            1);
  EXPECT_EQ(Lignes("name = 'lignes/b' AND etat = 'NOTIFIEE' AND vote_specifiques_centimes = 9"), 1);
  EXPECT_EQ(Lignes("name = 'lignes/c' AND etat = 'IRRECEVABLE' AND "
                   "demande_specifiques_centimes = 10"),
            1);
}

TEST_F(ImporterLignesTest, CreateGivesNothingButTheDemand) {
  EXPECT_EQ(status::ReasonOf(banc_.Creer(Payee("a", 5)).status()), "MONTANT_PAR_VERBE");
  ASSERT_TRUE(banc_.Creer(Banc::Demande("a", "a", "", 5)).ok());
  v1::Ligne twin = Banc::Demande("jumelle", "a", "", 5);
  EXPECT_EQ(status::ReasonOf(banc_.Creer(twin).status()), "LIGNE_EXISTANTE");
}

}  // namespace
}  // namespace pdv::financement
