#include <atomic>
#include <thread>

#include "common/status/error.h"
#include "services/financement/app/budgets.h"
#include "services/financement/app/decider_ligne.h"
#include "services/financement/app/expirer_reservations.h"
#include "services/financement/store/banc_pgtest.h"

namespace pdv::financement {
namespace {

v1::VoterLigneRequest Vote(const std::string& id, int64_t cents) {
  v1::VoterLigneRequest request;
  request.set_name("lignes/" + id);
  request.set_vote_specifiques_centimes(cents);
  return request;
}

class DeciderLigneTest : public ::testing::Test {
 protected:
  void Demander(const std::string& id, const std::string& enveloppe) {
    banc_.Action(id, 1, "contrats/cv110", "");
    const auto ligne = banc_.Creer(Banc::Demande(id, id, enveloppe, 1000));
    ASSERT_TRUE(ligne.ok()) << ligne.status();
  }
  absl::StatusOr<v1::Ligne> Voter(const std::string& id, int64_t cents) {
    return banc_.Run<v1::Ligne>(Vote(id, cents), VoterLigne);
  }
  absl::StatusOr<v1::Ligne> Proposer(const std::string& id, int64_t cents) {
    v1::ProposerLigneRequest request;
    request.set_name("lignes/" + id);
    request.set_propose_specifiques_centimes(cents);
    return banc_.Run<v1::Ligne>(request, ProposerLigne);
  }
  int64_t Solde(const std::string& compte) {
    return banc_.Number(absl::StrCat("SELECT ", compte, "_centimes FROM enveloppe"));
  }
  Banc banc_;
};

TEST_F(DeciderLigneTest, ALineGoesFromItsDemandToItsPayments) {
  banc_.Enveloppe("ae", "etat", "AE", 1000);
  Demander("a", "ae");
  const auto voted = Voter("a", 900);
  ASSERT_TRUE(voted.ok()) << voted.status();
  EXPECT_EQ(voted->etat(), v1::ETAT_LIGNE_VOTEE);
  EXPECT_EQ(voted->exercice(), 2023);
  EXPECT_TRUE(voted->has_vote_le());
  v1::EngagerLigneRequest commit;
  commit.set_name("lignes/a");
  commit.set_engage_specifiques_centimes(901);
  EXPECT_EQ(status::ReasonOf(banc_.Run<v1::Ligne>(commit, EngagerLigne).status()),
            "MONTANT_EXCESSIF");
  commit.set_engage_specifiques_centimes(900);
  commit.set_ej("2101234567");
  ASSERT_TRUE(banc_.Run<v1::Ligne>(commit, EngagerLigne).ok());
  v1::VerserLigneRequest pay;
  pay.set_name("lignes/a");
  for (int64_t total : {600, 900}) {
    pay.set_paye_specifiques_centimes(total);
    ASSERT_TRUE(banc_.Run<v1::Ligne>(pay, VerserLigne).ok()) << total;
  }
  pay.set_paye_specifiques_centimes(899);
  EXPECT_EQ(status::ReasonOf(banc_.Run<v1::Ligne>(pay, VerserLigne).status()),
            "MONTANT_DECROISSANT");
  EXPECT_EQ(banc_.Number("SELECT consomme_centimes FROM enveloppe"), 900);
  EXPECT_EQ(status::ReasonOf(Voter("a", 1).status()), "TRANSITION_INTERDITE");
}

TEST_F(DeciderLigneTest, ARefusalSaysWhatIsLeftOnTheEnvelope) {
  banc_.Enveloppe("ae", "etat", "AE", 1000);
  Demander("a", "ae");
  Demander("b", "ae");
  ASSERT_TRUE(Voter("a", 700).ok());
  const absl::Status refused = Voter("b", 301).status();
  EXPECT_EQ(status::ReasonOf(refused), "ENVELOPPE_INSUFFISANTE");
  EXPECT_EQ(status::MetadataOf(refused, "reste_centimes"), "300");
  EXPECT_TRUE(Voter("b", 300).ok());
}

TEST_F(DeciderLigneTest, AProposalHoldsItsEuros) {
  banc_.Enveloppe("ae", "etat", "AE", 1000);
  Demander("a", "ae");
  Demander("b", "ae");
  const auto proposed = Proposer("a", 700);
  ASSERT_TRUE(proposed.ok()) << proposed.status();
  EXPECT_EQ(proposed->reserve_specifiques_centimes(), 700);
  EXPECT_TRUE(proposed->has_reserve_expire_time());
  EXPECT_EQ(status::MetadataOf(Voter("b", 301).status(), "reste_centimes"), "300");
  ASSERT_TRUE(Proposer("a", 900).ok());
  EXPECT_EQ(Solde("reserve"), 900);
  // Its own reservation counts for the line.
  const absl::Status more = Voter("a", 1001).status();
  EXPECT_EQ(status::MetadataOf(more, "reste_centimes"), "1000");
  EXPECT_EQ(status::MetadataOf(more, "demande_centimes"), "1001");
  const auto voted = Voter("a", 650);
  ASSERT_TRUE(voted.ok()) << voted.status();
  EXPECT_FALSE(voted->has_reserve_expire_time());
  EXPECT_EQ(voted->propose_specifiques_centimes(), 900);
  EXPECT_EQ(Solde("disponible"), 350);
  EXPECT_EQ(Solde("consomme"), 650);
  ASSERT_TRUE(Proposer("b", 350).ok());
  v1::RefuserLigneRequest refuse;
  refuse.set_name("lignes/b");
  refuse.set_motif("Doublon.");
  ASSERT_TRUE(banc_.Run<v1::Ligne>(refuse, RefuserLigne).ok());
  EXPECT_EQ(Solde("disponible"), 350);
  EXPECT_EQ(banc_.Number("SELECT count(*) FROM ecriture WHERE nature = 'LIBERATION' "
                         "AND motif = 'Doublon.' AND acteur = 'essai'"),
            1);
  EXPECT_EQ(banc_.Number("SELECT count(*) FROM ecart"), 0);
}

TEST_F(DeciderLigneTest, AReservationEndsAtItsTimeByAnEntry) {
  banc_.Enveloppe("ae", "etat", "AE", 1000);
  for (const char* id : {"a", "b"}) {
    Demander(id, "ae");
    v1::ProposerLigneRequest propose;
    propose.set_name(absl::StrCat("lignes/", id));
    propose.set_propose_specifiques_centimes(500);
    const absl::Duration held = *id == 'a' ? absl::Milliseconds(300) : absl::Hours(1);
    propose.mutable_expire_time()->set_seconds(absl::ToUnixSeconds(absl::Now() + held));
    propose.mutable_expire_time()->set_nanos(
        static_cast<int32_t>(absl::ToUnixMicros(absl::Now() + held) % 1'000'000 * 1000));
    ASSERT_TRUE(banc_.Run<v1::Ligne>(propose, ProposerLigne).ok());
  }
  ASSERT_TRUE(ExpirerTout(banc_.store()).ok());
  EXPECT_EQ(Solde("reserve"), 1000);
  absl::SleepFor(absl::Milliseconds(400));
  ASSERT_TRUE(ExpirerTout(banc_.store()).ok());
  EXPECT_EQ(Solde("reserve"), 500);
  EXPECT_EQ(Solde("disponible"), 500);
  EXPECT_EQ(
      banc_.Number("SELECT count(*) FROM ecriture WHERE nature = 'EXPIRATION' AND "
                   "ligne = 'lignes/a' AND montant_centimes = 500 AND acteur = 'financement'"),
      1);
  EXPECT_EQ(banc_.Number("SELECT count(*) FROM ligne WHERE etat = 'PROPOSEE' AND "
                         "propose_specifiques_centimes = 500"),
            2);
  ASSERT_TRUE(Voter("a", 500).ok());
  EXPECT_EQ(banc_.Number("SELECT count(*) FROM ecart"), 0);
}

// The dossier changes of year while its line is proposed: the line follows it and no longer fits
// its envelope. What it holds there returns all the same, or is voted; nothing more is given.
TEST_F(DeciderLigneTest, ALineThatLeavesItsEnvelopeGivesBackWhatItHolds) {
  banc_.Enveloppe("ae", "etat", "AE", 1000);
  for (const char* id : {"a", "b", "c", "d"}) {
    Demander(id, "ae");
    ASSERT_TRUE(Proposer(id, 200).ok());
  }
  banc_.Sql("UPDATE miroir_action SET exercice = 2024");
  EXPECT_EQ(status::ReasonOf(Voter("a", 201).status()), "ENVELOPPE_INCOHERENTE");
  ASSERT_TRUE(Voter("a", 150).ok());
  v1::RefuserLigneRequest refuse;
  refuse.set_name("lignes/b");
  refuse.set_motif("Doublon.");
  const auto refused = banc_.Run<v1::Ligne>(refuse, RefuserLigne);
  ASSERT_TRUE(refused.ok()) << refused.status();
  banc_.Sql("UPDATE ligne SET reserve_expire_time = now() WHERE name = 'lignes/c'");
  ASSERT_TRUE(ExpirerTout(banc_.store()).ok());
  EXPECT_EQ(Solde("reserve"), 200);  // that of d
  EXPECT_EQ(Solde("consomme"), 150);
  EXPECT_EQ(Solde("disponible"), 650);
  EXPECT_EQ(banc_.Number("SELECT count(*) FROM ecart"), 0);
}

TEST_F(DeciderLigneTest, ALineThatCannotBeExpiredHoldsBackNoOther) {
  banc_.Enveloppe("ae", "etat", "AE", 1000);
  for (const char* id : {"a", "b", "c"}) {
    Demander(id, "ae");
    ASSERT_TRUE(Proposer(id, 200).ok());
  }
  banc_.Sql(
      "UPDATE ligne SET reserve_expire_time = now() - interval '1 h' WHERE name = 'lignes/a';"
      "UPDATE ligne SET reserve_expire_time = now() - interval '1 s' WHERE name <> 'lignes/a';"
      "CREATE FUNCTION panne() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
      " RAISE EXCEPTION 'panne' USING ERRCODE = 'check_violation'; END $$;"
      "CREATE TRIGGER panne BEFORE UPDATE ON ligne FOR EACH ROW WHEN (OLD.name = 'lignes/a')"
      " EXECUTE FUNCTION panne()");
  ASSERT_TRUE(ExpirerTout(banc_.store()).ok());
  EXPECT_EQ(Solde("reserve"), 200);
  banc_.Sql("DROP TRIGGER panne ON ligne");
  ASSERT_TRUE(ExpirerTout(banc_.store()).ok());
  EXPECT_EQ(Solde("reserve"), 0);
}

TEST_F(DeciderLigneTest, AReservationDoesNotBeginInThePast) {
  Demander("a", "");
  v1::ProposerLigneRequest propose;
  propose.set_name("lignes/a");
  propose.set_propose_specifiques_centimes(1);
  propose.mutable_expire_time()->set_seconds(1);
  EXPECT_EQ(status::ReasonOf(banc_.Run<v1::Ligne>(propose, ProposerLigne).status()), "DATE_PASSEE");
}

TEST_F(DeciderLigneTest, EachFunderDecidesOnItsOwnLine) {
  banc_.Sql(
      "INSERT INTO financeur VALUES ('financeurs/caf', 'u', 1, now(), now(), 'CAF', 'CAF', NULL, "
      "true)");
  Demander("a", "");
  banc_.Sql("UPDATE ligne SET financeur = 'financeurs/caf'");
  EXPECT_EQ(status::ReasonOf(Voter("a", 5).status()), "PERIMETRE_INSUFFISANT");
  // The funder leaves the suite: the préfecture records for it, and the entry says so.
  banc_.Sql("UPDATE financeur SET utilise_la_suite = false WHERE name = 'financeurs/caf'");
  ASSERT_TRUE(Voter("a", 5).ok());
  EXPECT_EQ(banc_.Number("SELECT count(*) FROM ecriture WHERE nature = 'VOTE' AND "
                         "organisation = 'financeurs/etat' AND "
                         "debit = 'financeurs/caf/comptes/exterieur'"),
            1);
}

TEST_F(DeciderLigneTest, ALineIsTakenUpJudgedAndToldToThePorteur) {
  Demander("a", "");
  v1::ConstaterSansReponseLigneRequest silent;
  silent.set_name("lignes/a");
  ASSERT_TRUE(banc_.Run<v1::Ligne>(silent, ConstaterSansReponseLigne).ok());
  v1::PrendreEnChargeLigneRequest take;
  take.set_name("lignes/a");
  ASSERT_TRUE(banc_.Run<v1::Ligne>(take, PrendreEnChargeLigne).ok());
  v1::DeclarerRecevableLigneRequest admit;
  admit.set_name("lignes/a");
  ASSERT_TRUE(banc_.Run<v1::Ligne>(admit, DeclarerRecevableLigne).ok());
  ASSERT_TRUE(Voter("a", 5).ok());
  v1::NotifierLigneRequest tell;
  tell.set_name("lignes/a");
  const auto told = banc_.Run<v1::Ligne>(tell, NotifierLigne);
  ASSERT_TRUE(told.ok()) << told.status();
  EXPECT_TRUE(told->has_notifie_le());
  Demander("b", "");
  v1::DeclarerIrrecevableLigneRequest reject;
  reject.set_name("lignes/b");
  reject.set_motif("Hors quartier.");
  const auto rejected = banc_.Run<v1::Ligne>(reject, DeclarerIrrecevableLigne);
  ASSERT_TRUE(rejected.ok()) << rejected.status();
  EXPECT_EQ(rejected->etat(), v1::ETAT_LIGNE_IRRECEVABLE);
  EXPECT_EQ(rejected->motif(), "Hors quartier.");
}

TEST_F(DeciderLigneTest, ABatchIsVotedWholeOrNotAtAll) {
  banc_.Enveloppe("ae", "etat", "AE", 1000);
  v1::BatchVoterLignesRequest batch;
  for (const char* id : {"a", "b", "c"}) {
    Demander(id, "ae");
    *batch.add_requests() = Vote(id, 400);
  }
  const auto refused = banc_.Run<v1::BatchVoterLignesResponse>(batch, BatchVoterLignes);
  EXPECT_EQ(status::ReasonOf(refused.status()), "ENVELOPPE_INSUFFISANTE");
  EXPECT_EQ(banc_.Number("SELECT count(*) FROM ligne WHERE etat = 'VOTEE'"), 0);
  batch.mutable_requests(2)->set_vote_specifiques_centimes(200);
  const auto voted = banc_.Run<v1::BatchVoterLignesResponse>(batch, BatchVoterLignes);
  ASSERT_TRUE(voted.ok()) << voted.status();
  EXPECT_EQ(voted->lignes(2).name(), "lignes/c");
  EXPECT_EQ(banc_.Number("SELECT consomme_centimes FROM enveloppe"), 1000);
}

TEST_F(DeciderLigneTest, ABatchItemByItemVotesWhatItCanAndSaysWhyForTheRest) {
  banc_.Enveloppe("ae", "etat", "AE", 1000);
  v1::BatchVoterLignesRequest batch;
  batch.set_mode(v1::MODE_LOT_ITEM_PAR_ITEM);
  for (const auto& [id, cents] : std::vector<std::pair<std::string, int64_t>>{
           {"a", 600}, {"b", 500}, {"inconnue", 1}, {"c", 400}, {"a", 1}, {"d", 0}}) {
    if (id != "inconnue" &&
        banc_.Number("SELECT count(*) FROM ligne WHERE name = 'lignes/" + id + "'") == 0)
      Demander(id, "ae");
    *batch.add_requests() = Vote(id, cents);
  }
  const auto voted = banc_.Run<v1::BatchVoterLignesResponse>(batch, BatchVoterLignes);
  ASSERT_TRUE(voted.ok()) << voted.status();
  EXPECT_EQ(voted->votees(), 2);
  ASSERT_EQ(voted->lignes_size(), 2);
  EXPECT_EQ(voted->lignes(1).name(), "lignes/c");
  std::vector<std::string> refused;
  for (const v1::RefusLigne& refus : voted->refus())
    refused.push_back(absl::StrCat(refus.rang(), " ", refus.raison()));
  EXPECT_THAT(refused, ::testing::ElementsAre("1 ENVELOPPE_INSUFFISANTE", "2 RESSOURCE_INTROUVABLE",
                                              "4 TRANSITION_INTERDITE", "5 MONTANT_NUL"));
  EXPECT_EQ(voted->refus(0).reste_centimes(), 400);
  EXPECT_EQ(Solde("consomme"), 1000);
  EXPECT_EQ(banc_.Number("SELECT count(*) FROM ecart"), 0);
}

TEST_F(DeciderLigneTest, ThousandsAreVotedAtOnceOrNotAtAll) {
  constexpr int kLignes = 3000;
  banc_.Enveloppe("ae", "etat", "AE", 10 * kLignes);
  banc_.Sql(absl::StrCat(
      "INSERT INTO miroir_action (name, revision, contrat, departement, region, exercice, etat) "
      "SELECT 'actions/' || i, 1, 'contrats/cv110', 'departements/34', 'regions/76', 2023, "
      "'DEPOSEE' FROM generate_series(1, ",
      kLignes, ") i"));
  v1::BatchCreateLignesRequest demands;
  v1::BatchVoterLignesRequest batch;
  for (int i = 1; i <= kLignes; ++i) {
    const std::string id = absl::StrCat(i);
    *demands.add_requests()->mutable_ligne() = Banc::Demande(id, id, "ae", 10);
    *batch.add_requests() = Vote(id, i == kLignes ? 11 : 10);
  }
  const auto* response = v1::BatchCreateLignesResponse::descriptor();
  const auto request = std::make_shared<v1::BatchCreateLignesRequest>(demands);
  const auto created = banc_.store().MutateAndWait(Banc::Call("BatchCreateLignes"), request,
                                                   banc_.lignes().BatchCreate(request, response));
  ASSERT_TRUE(created.ok()) << created.status();
  const auto refused = banc_.Run<v1::BatchVoterLignesResponse>(batch, BatchVoterLignes);
  EXPECT_EQ(status::ReasonOf(refused.status()), "ENVELOPPE_INSUFFISANTE");
  EXPECT_EQ(Solde("consomme"), 0);
  batch.mutable_requests(kLignes - 1)->set_vote_specifiques_centimes(10);
  const auto voted = banc_.Run<v1::BatchVoterLignesResponse>(batch, BatchVoterLignes);
  ASSERT_TRUE(voted.ok()) << voted.status();
  EXPECT_EQ(voted->votees(), kLignes);
  EXPECT_EQ(voted->lignes_size(), 0);
  EXPECT_EQ(Solde("disponible"), 0);
  // The envelope moved once, whatever the number of lines.
  EXPECT_EQ(banc_.Number("SELECT revision FROM enveloppe"), 2);
  EXPECT_EQ(banc_.Number("SELECT count(*) FROM ecart"), 0);
}

TEST_F(DeciderLigneTest, TwoReplicasNeverGrantTheSameEuro) {
  constexpr int kLignes = 60;
  banc_.Enveloppe("ae", "etat", "AE", 10'000);
  for (int i = 0; i < kLignes; ++i) Demander(absl::StrCat(i), "ae");
  auto replica = banc_.Open();
  std::atomic<int64_t> granted{0};
  std::atomic<int> next{0}, insufficient{0};
  std::vector<std::thread> voters;
  for (int t = 0; t < 6; ++t) {
    voters.emplace_back([&, store = t % 2 ? replica.get() : &banc_.store()] {
      for (int i = next++; i < kLignes; i = next++) {
        const int64_t cents = 100 + 37 * i;
        const auto voted = banc_.Run<v1::Ligne>(Vote(absl::StrCat(i), cents), VoterLigne, store);
        if (voted.ok()) {
          granted += cents;
        } else {
          EXPECT_EQ(status::ReasonOf(voted.status()), "ENVELOPPE_INSUFFISANTE") << voted.status();
          ++insufficient;
        }
      }
    });
  }
  for (std::thread& voter : voters) voter.join();
  EXPECT_GT(insufficient, 0);
  EXPECT_LE(granted, 10'000);
  EXPECT_EQ(banc_.Number("SELECT consomme_centimes FROM enveloppe"), granted);
  EXPECT_EQ(banc_.Number("SELECT count(*) FROM ecart"), 0);
}

// domain/dossiers_test.cc has the states.
TEST_F(DeciderLigneTest, NothingIsGrantedToADossierThatIsNotFiled) {
  Demander("a", "");
  for (const char* etat : {"BROUILLON", "A_COMPLETER", "ABANDONNEE"}) {
    banc_.Sql(absl::StrCat("UPDATE miroir_action SET etat = '", etat, "'"));
    EXPECT_EQ(status::ReasonOf(Proposer("a", 5).status()), "DOSSIER_NON_DEPOSE") << etat;
    EXPECT_EQ(status::ReasonOf(Voter("a", 5).status()), "DOSSIER_NON_DEPOSE") << etat;
  }
  banc_.Sql("UPDATE miroir_action SET etat = 'EN_INSTRUCTION', delete_time = now()");
  EXPECT_EQ(status::ReasonOf(Voter("a", 5).status()), "DOSSIER_NON_DEPOSE");
  banc_.Sql("UPDATE miroir_action SET delete_time = NULL");
  ASSERT_TRUE(Voter("a", 5).ok());
  banc_.Sql("UPDATE miroir_action SET etat = 'NON_REALISEE'");
  v1::EngagerLigneRequest commit;
  commit.set_name("lignes/a");
  commit.set_engage_specifiques_centimes(5);
  EXPECT_EQ(status::ReasonOf(banc_.Run<v1::Ligne>(commit, EngagerLigne).status()),
            "DOSSIER_NON_DEPOSE");
}

TEST_F(DeciderLigneTest, AVoteMaySayWhichEnvelopePays) {
  banc_.Enveloppe("ae", "etat", "AE", 1000);
  banc_.Enveloppe("autre", "etat", "AE", 1000);
  banc_.Enveloppe("cp", "etat", "CP", 1000);
  for (const char* id : {"a", "b", "c"}) Demander(id, "");
  v1::VoterLigneRequest vote = Vote("a", 600);
  vote.set_enveloppe("enveloppes/ae");
  const auto voted = banc_.Run<v1::Ligne>(vote, VoterLigne);
  ASSERT_TRUE(voted.ok()) << voted.status();
  EXPECT_EQ(voted->enveloppe(), "enveloppes/ae");
  vote.set_name("lignes/b");
  EXPECT_EQ(status::MetadataOf(banc_.Run<v1::Ligne>(vote, VoterLigne).status(), "reste_centimes"),
            "400");
  vote.set_enveloppe("enveloppes/inconnue");
  EXPECT_EQ(status::ReasonOf(banc_.Run<v1::Ligne>(vote, VoterLigne).status()),
            "RESSOURCE_INTROUVABLE");
  // What one envelope holds is not voted on another.
  v1::ProposerLigneRequest propose;
  propose.set_name("lignes/c");
  propose.set_propose_specifiques_centimes(100);
  propose.set_enveloppe("enveloppes/ae");
  ASSERT_TRUE(banc_.Run<v1::Ligne>(propose, ProposerLigne).ok());
  vote = Vote("c", 100);
  vote.set_enveloppe("enveloppes/autre");
  EXPECT_EQ(status::ReasonOf(banc_.Run<v1::Ligne>(vote, VoterLigne).status()), "LIGNE_RESERVEE");
  // A funder that takes all its votes from envelopes forgets none.
  banc_.Sql("UPDATE financeur SET impute_ses_votes = true");
  EXPECT_EQ(status::ReasonOf(Voter("b", 5).status()), "ENVELOPPE_MANQUANTE");
  vote = Vote("b", 5);
  vote.set_enveloppe("enveloppes/cp");
  EXPECT_EQ(status::ReasonOf(banc_.Run<v1::Ligne>(vote, VoterLigne).status()),
            "ENVELOPPE_MANQUANTE");
  EXPECT_TRUE(Voter("c", 5).ok());
  EXPECT_EQ(banc_.Number("SELECT count(*) FROM ecart"), 0);
}

// Cadre des contrats de ville: what was asked of no programme is not paid by programme 147 either.
TEST_F(DeciderLigneTest, AnEnvelopeOfProgramme147PaysNoInvestment) {
  banc_.Enveloppe("ae", "etat", "AE", 1000);
  ASSERT_TRUE(SemerPlanComptable(banc_.store()).ok());
  Demander("a", "");
  banc_.Sql(R"sql(
    SELECT 1 FROM ligne WHERE action = 'actions/a' FOR UPDATE;
    INSERT INTO budget (name, uid, revision, create_time, update_time, action, plan, lignes,
                        charges_centimes, produits_centimes, subventions_centimes,
                        part_subventions_points, emplois_volontaires_centimes,
                        ressources_volontaires_centimes, equilibre)
    VALUES ('budgets/a', 'u', 1, now(), now(), 'actions/a', (SELECT name FROM plan_comptable),
            '[{"compte": "21", "montant_centimes": 1000}]', 1000, 0, 0, 0, 0, 0, false))sql");
  v1::ProposerLigneRequest propose;
  propose.set_name("lignes/a");
  propose.set_propose_specifiques_centimes(100);
  propose.set_enveloppe("enveloppes/ae");
  EXPECT_EQ(status::ReasonOf(banc_.Run<v1::Ligne>(propose, ProposerLigne).status()),
            "INVESTISSEMENT_INTERDIT");
  EXPECT_TRUE(Proposer("a", 100).ok());  // on no envelope
}

// Loi n° 2013-907, art. 2: whoever has an interest takes no part, whatever the verb.
TEST_F(DeciderLigneTest, WhoHasAnInterestInADossierDecidesNothingOfItsLines) {
  Demander("a", "");
  Demander("b", "");
  banc_.Sql(
      "INSERT INTO miroir_conflit VALUES ('actions/a/conflits/c', 1, 'actions/a', 'essai'),"
      " ('actions/b/conflits/c', 1, 'actions/b', 'une autre')");
  v1::RefuserLigneRequest refuse;
  refuse.set_name("lignes/a");
  refuse.set_motif("Hors quartier.");
  for (const absl::Status& status : {Voter("a", 5).status(), Proposer("a", 5).status(),
                                     banc_.Run<v1::Ligne>(refuse, RefuserLigne).status()}) {
    EXPECT_EQ(status.code(), absl::StatusCode::kPermissionDenied);
    EXPECT_EQ(status::ReasonOf(status), "CONFLIT_D_INTERETS");
  }
  EXPECT_EQ(banc_.Number("SELECT count(*) FROM ligne WHERE etat <> 'DEMANDEE'"), 0);
  EXPECT_TRUE(Voter("b", 5).ok());  // the interest is another person's
}

}  // namespace
}  // namespace pdv::financement
