#include <chrono>
#include <future>

#include "common/status/error.h"
#include "services/financement/app/arreter_programmation.h"
#include "services/financement/app/decider_ligne.h"
#include "services/financement/store/banc_pgtest.h"

namespace pdv::financement {
namespace {

class ArreterProgrammationTest : public ::testing::Test {
 protected:
  ArreterProgrammationTest() {
    banc_.Action("a", 1, "contrats/cv110", "");
    EXPECT_TRUE(banc_.Creer(Banc::Demande("a", "a", "", 1000)).ok());
    banc_.Sql(
        "INSERT INTO programmation VALUES ('programmations/cv110-2023', 'u', 1, now(), now(), "
        "'contrats/cv110', 2023, 'EN_PREPARATION', NULL)");
  }
  static v1::ArreterProgrammationRequest Demande() {
    v1::ArreterProgrammationRequest close;
    close.set_name("programmations/cv110-2023");
    close.mutable_date()->set_year(2023);
    close.mutable_date()->set_month(3);
    close.mutable_date()->set_day(14);
    return close;
  }
  Banc banc_;
};

TEST_F(ArreterProgrammationTest, AProgrammationIsClosedOnceItsProposalsAreDecided) {
  v1::ProposerLigneRequest propose;
  propose.set_name("lignes/a");
  propose.set_propose_droit_commun_centimes(5);
  ASSERT_TRUE(banc_.Run<v1::Ligne>(propose, ProposerLigne).ok());
  const v1::ArreterProgrammationRequest close = Demande();
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

// A proposal that is being written when the programmation closes is waited for, and seen.
TEST_F(ArreterProgrammationTest, AProgrammationWaitsForTheProposalsThatAreBeingWritten) {
  const v1::ArreterProgrammationRequest close = Demande();
  auto other = *pg::Session::Connect(banc_.conninfo());
  ASSERT_TRUE(other->Script("BEGIN; UPDATE ligne SET etat = 'PROPOSEE'").ok());
  auto closing = std::async(std::launch::async, [&] {
    return banc_.Run<v1::Programmation>(close, ArreterProgrammation).status();
  });
  while (closing.wait_for(std::chrono::milliseconds(10)) != std::future_status::ready &&
         banc_.Number("SELECT count(*) FROM pg_locks l JOIN pg_database d ON d.oid = l.database "
                      "WHERE d.datname = current_database() AND NOT l.granted AND "
                      "l.relation = 'ligne'::regclass") == 0) {
  }
  ASSERT_TRUE(other->Script("COMMIT").ok());
  EXPECT_EQ(status::ReasonOf(closing.get()), "LIGNES_NON_DECIDEES");
}

TEST_F(ArreterProgrammationTest, AProgrammationIsClosedByThePrefetOfTheEtat) {
  const v1::ArreterProgrammationRequest close = Demande();
  const auto refused = banc_.RunComme<v1::Programmation>(
      Banc::Comme({"x", "prefet", "financeurs/region"}), close, ArreterProgrammation);
  EXPECT_EQ(status::ReasonOf(refused.status()), "PERIMETRE_INSUFFISANT");
}

}  // namespace
}  // namespace pdv::financement
