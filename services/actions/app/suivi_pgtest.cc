// Dossiers follow their lines, over a mirror that the test fills as the feed would.
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/status/error.h"
#include "services/actions/api/essai_pgtest.h"
#include "services/actions/app/suivi.h"
#include "services/actions/domain/issue.h"

namespace pdv::actions {
namespace {

namespace v1f = financement::v1;

class SuiviTest : public ActionsTest {
 protected:
  void SetUp() override {
    ASSERT_TRUE(Creer(Porteur("p")).ok());
    ASSERT_TRUE(Souscrire("p", 2022, 1, 2).ok());
  }
  void Deposee(const std::string& id) {
    ASSERT_TRUE(Creer(Action(id)).ok());
    ASSERT_TRUE(Deposer(id).ok());
  }
  std::string Etat(const std::string& id) {
    const absl::Status caught_up = suivi_->CaughtUp(absl::Now() + absl::Seconds(20));
    EXPECT_TRUE(caught_up.ok()) << caught_up;
    v1::GetActionRequest request;
    request.set_name("actions/" + id);
    const auto action = service_.Call<v1::Action>("GetAction", request);
    EXPECT_TRUE(action.ok()) << action.status();
    return action.ok() ? NomDeLEtat(action->etat()) : "";
  }
  int64_t Programmations() {
    return service_.Number(
        "SELECT count(*) FROM journal WHERE methode LIKE '%/ProgrammerAction' "
        "AND name LIKE 'actions/%'");
  }
  int64_t Regards() { return service_.Number("SELECT count(*) FROM dossier_a_suivre"); }
  // The database fails so on every write of this action, until its trigger is dropped.
  void Refuser(const std::string& id, const std::string& sqlstate) {
    service_.Script(
        "CREATE FUNCTION refus() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "RAISE EXCEPTION USING ERRCODE = '" +
        sqlstate +
        "'; END $$;"
        "CREATE TRIGGER refus BEFORE UPDATE ON action FOR EACH ROW "
        "WHEN (OLD.name = 'actions/" +
        id + "') EXECUTE FUNCTION refus()");
  }
  std::optional<Suivi> suivi_{std::in_place, &service_.store()};
};

TEST_F(SuiviTest, ADossierIsProgrammedOnceEveryFunderHasDecidedAndOneVotes) {
  Deposee("a");
  ASSERT_TRUE(Instruire("a").ok());
  EXPECT_EQ(Etat("a"), "EN_INSTRUCTION");  // no line yet
  Ligne("a", "etat", "PROPOSEE");
  Ligne("a", "caf", "REFUSEE");
  EXPECT_EQ(Etat("a"), "EN_INSTRUCTION");
  Ligne("a", "etat", "SANS_REPONSE");
  EXPECT_EQ(Etat("a"), "EN_INSTRUCTION");
  Ligne("a", "etat", "VOTEE");
  EXPECT_EQ(Etat("a"), "PROGRAMMEE");
  Ligne("a", "etat", "ENGAGEE");
  EXPECT_EQ(Etat("a"), "PROGRAMMEE");
  EXPECT_EQ(Programmations(), 1);
}

TEST_F(SuiviTest, ADossierThatNobodyVotesIsRefused) {
  Deposee("a");
  ASSERT_TRUE(Instruire("a").ok());
  Ligne("a", "etat", "REFUSEE");
  Ligne("a", "caf", "IRRECEVABLE");
  EXPECT_EQ(Etat("a"), "REFUSEE");
  EXPECT_EQ(service_.Number("SELECT count(*) FROM journal WHERE methode LIKE '%/RefuserAction'"),
            1);
}

TEST_F(SuiviTest, LinesDecidedBeforeTheJudgementCountWhenItBegins) {
  Deposee("a");
  Ligne("a", "etat", "VOTEE");
  EXPECT_EQ(Etat("a"), "DEPOSEE");
  ASSERT_TRUE(Instruire("a").ok());
  EXPECT_EQ(Etat("a"), "PROGRAMMEE");
}

TEST_F(SuiviTest, ADossierThatIsNotBeingJudgedStays) {
  Deposee("a");
  ASSERT_TRUE(Instruire("a").ok());
  ASSERT_TRUE(Faire<v1::AjournerActionRequest>(Verbe::kAjourner, "a").ok());
  Ligne("a", "etat", "VOTEE");
  EXPECT_EQ(Etat("a"), "AJOURNEE");
  ASSERT_TRUE(Faire<v1::ReprendreActionRequest>(Verbe::kReprendre, "a").ok());
  EXPECT_EQ(Etat("a"), "PROGRAMMEE");
}

TEST_F(SuiviTest, ABudgetThatChangesAfterTheAttestationAsksForANewOne) {
  Deposee("a");
  EXPECT_EQ(Etat("a"), "DEPOSEE");
  Budget("a", true);
  EXPECT_EQ(Etat("a"), "EN_ATTENTE_ATTESTATION");
  ASSERT_TRUE(Attester("a").ok());
  EXPECT_EQ(Etat("a"), "DEPOSEE");
  // While it is written or completed, and once it is decided, a budget moves nothing.
  ASSERT_TRUE(Instruire("a").ok());
  Ligne("a", "etat", "VOTEE");
  EXPECT_EQ(Etat("a"), "PROGRAMMEE");
  Budget("a", false);
  EXPECT_EQ(Etat("a"), "PROGRAMMEE");
}

// Whoever follows it is not woken for a dossier that still waits for a funder; and what the
// database does not wait for is what the domain does not.
TEST_F(SuiviTest, ADossierIsLookedAtOnceAllItsLinesAreDecided) {
  suivi_.reset();
  for (int i = 1; i < v1f::EtatLigne_ARRAYSIZE; ++i) {
    if (!v1f::EtatLigne_IsValid(i)) continue;
    const std::string etat = v1f::EtatLigne_Name(i).substr(sizeof("ETAT_LIGNE_") - 1);
    const std::string id = absl::StrCat("seule", i);
    const int64_t before = Regards();
    Ligne(id, "etat", etat);
    const auto issue = Issue({static_cast<v1f::EtatLigne>(i), v1f::ETAT_LIGNE_VOTEE});
    EXPECT_EQ(Regards() - before, issue.has_value() ? 1 : 0) << etat;
  }
  const int64_t before = Regards();
  Ligne("a", "etat", "VOTEE");
  EXPECT_EQ(Regards() - before, 1);
  Ligne("a", "caf", "DEMANDEE");
  Ligne("a", "etat", "NOTIFIEE");
  EXPECT_EQ(Regards() - before, 1);
  Ligne("a", "caf", "REFUSEE");
  EXPECT_EQ(Regards() - before, 2);
}

TEST_F(SuiviTest, ADossierIsDecidedWithoutTheFunderOfWhomNothingIsAskedAnyMore) {
  Deposee("a");
  ASSERT_TRUE(Instruire("a").ok());
  Ligne("a", "caf", "RETIREE");
  EXPECT_EQ(Etat("a"), "EN_INSTRUCTION");
  Ligne("a", "etat", "VOTEE");
  EXPECT_EQ(Etat("a"), "PROGRAMMEE");
}

// After a crash between the decision and its note, and with a second replica: nothing twice.
TEST_F(SuiviTest, WhatIsPointedOutAgainIsDecidedOnce) {
  Suivi replica(&service_.store());
  for (int i = 0; i < 20; ++i) {
    const std::string id = absl::StrCat("a", i);
    Deposee(id);
    ASSERT_TRUE(Instruire(id).ok());
    Ligne(id, "etat", "VOTEE");
  }
  for (int i = 0; i < 20; ++i) EXPECT_EQ(Etat(absl::StrCat("a", i)), "PROGRAMMEE");
  service_.Script(
      "INSERT INTO dossier_a_suivre (action) SELECT name FROM action, "
      "generate_series(1, 3)");
  EXPECT_EQ(Etat("a0"), "PROGRAMMEE");
  ASSERT_TRUE(replica.CaughtUp(absl::Now() + absl::Seconds(20)).ok());
  EXPECT_EQ(Programmations(), 20);
  EXPECT_EQ(Regards(), 0);
}

// A full disk passes: what could not be decided meanwhile is decided then.
TEST_F(SuiviTest, ADossierThatTheStoreCouldNotMoveIsLookedAtAgain) {
  Deposee("a");
  ASSERT_TRUE(Instruire("a").ok());
  Refuser("a", "53100");
  Ligne("a", "etat", "VOTEE");
  EXPECT_FALSE(suivi_->CaughtUp(absl::Now() + absl::Milliseconds(500)).ok());
  EXPECT_GT(Regards(), 0);
  service_.Script("DROP TRIGGER refus ON action");
  EXPECT_EQ(Etat("a"), "PROGRAMMEE");
  EXPECT_EQ(Regards(), 0);
}

TEST_F(SuiviTest, ADossierThatFailsForItselfIsKeptAndHoldsBackNoOther) {
  for (const char* id : {"a", "b"}) {
    Deposee(id);
    ASSERT_TRUE(Instruire(id).ok());
  }
  Refuser("a", "XX000");
  Ligne("a", "etat", "VOTEE");
  Ligne("b", "etat", "VOTEE");
  EXPECT_EQ(Etat("b"), "PROGRAMMEE");
  EXPECT_EQ(Etat("a"), "EN_INSTRUCTION");
  EXPECT_GT(Regards(), 0);
  service_.Script("DROP TRIGGER refus ON action");
  suivi_.emplace(&service_.store());  // it need not wait for its turn
  EXPECT_EQ(Etat("a"), "PROGRAMMEE");
  EXPECT_EQ(Regards(), 0);
}

// The decision is taken on what is there when it is written, not on what was looked at.
TEST_F(SuiviTest, ADecisionLooksAgainUnderTheLock) {
  Deposee("a");
  ASSERT_TRUE(Instruire("a").ok());
  Ligne("a", "etat", "PROPOSEE");
  auto request = std::make_shared<v1::ProgrammerActionRequest>();
  request->set_name("actions/a");
  auto call = std::make_shared<rpc::Call>();
  call->deadline = absl::Now() + absl::Seconds(20);
  const auto looked = service_.store().MutateAndWait(call, request, SuivreFinancement("actions/a"));
  ASSERT_TRUE(looked.ok()) << looked.status();
  EXPECT_EQ(Etat("a"), "EN_INSTRUCTION");
}

}  // namespace
}  // namespace pdv::actions
