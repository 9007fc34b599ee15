// A request that is asked again while it is still under way elsewhere (another replica, the session
// of a service that was just killed) gets the answer of the first, and is done once.
#include <functional>
#include <thread>

#include "services/financement/app/decider_ligne.h"
#include "services/financement/app/doter_enveloppe.h"
#include "services/financement/store/banc_pgtest.h"

namespace pdv::financement {
namespace {

class MemeDemandeTest : public ::testing::Test {
 protected:
  void SetUp() override {
    banc_.Enveloppe("ae", "etat", "AE", 1000);
    for (const char* id : {"a", "b"}) {
      banc_.Action(id, 1, "contrats/cv110", "");
      const auto ligne = banc_.Creer(Banc::Demande(id, id, "ae", 400));
      ASSERT_TRUE(ligne.ok()) << ligne.status();
    }
    replica_ = banc_.Open();
  }

  // Asks two replicas for the same, both before either can go on: what `rows` selects is held until
  // both wait for it.
  template <class Response, class Request, class Verb>
  void DemanderDeuxFois(const std::string& rows, Request request, Verb verb) {
    request.set_request_id("la-meme");
    auto holder = *pg::Session::Connect(banc_.conninfo());
    ASSERT_TRUE(holder->Script("BEGIN; " + rows + " FOR UPDATE").ok());
    std::vector<absl::StatusOr<Response>> answers(2, absl::UnknownError("nothing yet"));
    std::vector<std::thread> callers;
    for (int i = 0; i < 2; ++i)
      callers.emplace_back([&, i] {
        answers[i] = banc_.Run<Response>(request, verb, i == 0 ? nullptr : replica_.get());
      });
    for (int i = 0; i < 1000 && banc_.Number("SELECT count(*) FROM pg_stat_activity WHERE "
                                             "datname = current_database() AND "
                                             "wait_event_type = 'Lock'") < 2;
         ++i)
      absl::SleepFor(absl::Milliseconds(10));
    ASSERT_TRUE(holder->Script("COMMIT").ok());
    for (std::thread& caller : callers) caller.join();
    ASSERT_TRUE(answers[0].ok()) << answers[0].status();
    ASSERT_TRUE(answers[1].ok()) << answers[1].status();
    EXPECT_EQ(answers[0]->SerializeAsString(), answers[1]->SerializeAsString());
    EXPECT_EQ(banc_.Number("SELECT count(*) FROM idempotence WHERE request_id = 'la-meme'"), 1);
    EXPECT_EQ(banc_.Number("SELECT count(*) FROM ecart"), 0);
  }
  int64_t Solde(const std::string& compte) {
    return banc_.Number(absl::StrCat("SELECT ", compte, "_centimes FROM enveloppe"));
  }

  Banc banc_;
  std::unique_ptr<store::Store> replica_;
};

TEST_F(MemeDemandeTest, AVoteIsAnsweredTheSameTwice) {
  v1::VoterLigneRequest vote;
  vote.set_name("lignes/a");
  vote.set_vote_specifiques_centimes(400);
  DemanderDeuxFois<v1::Ligne>("SELECT 1 FROM ligne WHERE name = 'lignes/a'", vote, VoterLigne);
  EXPECT_EQ(Solde("consomme"), 400);
}

TEST_F(MemeDemandeTest, ABatchItemByItemTellsNoRefusalOfWhatItDid) {
  v1::BatchVoterLignesRequest batch;
  batch.set_mode(v1::MODE_LOT_ITEM_PAR_ITEM);
  for (const char* id : {"a", "b"}) {
    v1::VoterLigneRequest& vote = *batch.add_requests();
    vote.set_name(absl::StrCat("lignes/", id));
    vote.set_vote_specifiques_centimes(400);
  }
  DemanderDeuxFois<v1::BatchVoterLignesResponse>("SELECT 1 FROM ligne WHERE name = 'lignes/a'",
                                                 batch, BatchVoterLignes);
  EXPECT_EQ(Solde("consomme"), 800);
}

TEST_F(MemeDemandeTest, WhatIsLockedSecondIsWaitedForToo) {
  v1::VoterLigneRequest vote;
  vote.set_name("lignes/a");
  vote.set_vote_specifiques_centimes(400);
  DemanderDeuxFois<v1::Ligne>("SELECT 1 FROM enveloppe WHERE name = 'enveloppes/ae'", vote,
                              VoterLigne);
  EXPECT_EQ(Solde("consomme"), 400);
}

TEST_F(MemeDemandeTest, EurosReachAnEnvelopeOnce) {
  v1::AbonderEnveloppeRequest abondement;
  abondement.set_name("enveloppes/ae");
  abondement.set_montant_centimes(500);
  DemanderDeuxFois<v1::Enveloppe>("SELECT 1 FROM enveloppe WHERE name = 'enveloppes/ae'",
                                  abondement, AbonderEnveloppe);
  EXPECT_EQ(Solde("disponible"), 1500);
}

// Nothing to lock: the two meet on the record of the request.
TEST_F(MemeDemandeTest, WhatIsCreatedIsCreatedOnce) {
  v1::CreateLigneRequest create;
  *create.mutable_ligne() = Banc::Demande("c", "c", "", 100);
  banc_.Action("c", 1, "contrats/cv110", "");
  const auto creer = [this](const v1::CreateLigneRequest& request) {
    return banc_.lignes().Create(std::make_shared<v1::CreateLigneRequest>(request));
  };
  DemanderDeuxFois<v1::Ligne>("SELECT 1 FROM financeur", create, creer);
  EXPECT_EQ(banc_.Number("SELECT count(*) FROM ligne WHERE name = 'lignes/c'"), 1);
}

}  // namespace
}  // namespace pdv::financement
