#include "services/financement/app/decider_ligne_pgtest.h"

#include <atomic>
#include <thread>

#include "services/financement/app/budgets.h"

namespace pdv::financement {
namespace {

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
