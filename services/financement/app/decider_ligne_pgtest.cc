#include <atomic>
#include <thread>

#include "common/status/error.h"
#include "services/financement/app/arreter_programmation.h"
#include "services/financement/app/decider_ligne.h"
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

TEST_F(DeciderLigneTest, AProgrammationIsClosedOnceItsProposalsAreDecided) {
  Demander("a", "");
  banc_.Sql(
      "INSERT INTO programmation VALUES ('programmations/cv110-2023', 'u', 1, now(), now(), "
      "'contrats/cv110', 2023, 'EN_PREPARATION', NULL)");
  v1::ProposerLigneRequest propose;
  propose.set_name("lignes/a");
  propose.set_propose_droit_commun_centimes(5);
  ASSERT_TRUE(banc_.Run<v1::Ligne>(propose, ProposerLigne).ok());
  v1::ArreterProgrammationRequest close;
  close.set_name("programmations/cv110-2023");
  close.mutable_date()->set_year(2023);
  close.mutable_date()->set_month(3);
  close.mutable_date()->set_day(14);
  const auto early = banc_.Run<v1::Programmation>(close, ArreterProgrammation);
  EXPECT_EQ(status::ReasonOf(early.status()), "LIGNES_NON_DECIDEES");
  v1::RefuserLigneRequest refuse;
  refuse.set_name("lignes/a");
  refuse.set_motif("Hors du périmètre de l'appel à projets.");
  ASSERT_TRUE(banc_.Run<v1::Ligne>(refuse, RefuserLigne).ok());
  const auto closed = banc_.Run<v1::Programmation>(close, ArreterProgrammation);
  ASSERT_TRUE(closed.ok()) << closed.status();
  EXPECT_EQ(closed->etat(), v1::ETAT_PROGRAMMATION_ARRETEE);
}

}  // namespace
}  // namespace pdv::financement
