// What the database refuses or keeps true by itself, whoever writes.
#include <thread>

#include "absl/time/clock.h"
#include "services/financement/store/banc_pgtest.h"

namespace pdv::financement {
namespace {

std::string Ligne(const std::string& id, const std::string& enveloppe, int64_t vote,
                  int64_t engage = 0, int64_t paye = 0, const std::string& etat = "VOTEE") {
  return absl::StrCat(
      "INSERT INTO ligne (name, uid, revision, create_time, update_time, action, financeur,"
      " enveloppe, demande_droit_commun_centimes, demande_specifiques_centimes,"
      " propose_droit_commun_centimes, propose_specifiques_centimes, vote_droit_commun_centimes,"
      " vote_specifiques_centimes, engage_droit_commun_centimes, engage_specifiques_centimes,"
      " paye_droit_commun_centimes, paye_specifiques_centimes, etat, exercice) VALUES ('lignes/",
      id, "', 'u', 1, now(), now(), 'actions/", id, "', 'financeurs/etat', 'enveloppes/", enveloppe,
      "', 0, 0, 0, 0, 0, ", vote, ", 0, ", engage, ", 0, ", paye, ", '", etat, "', 2023);");
}

class ReglesSqlTest : public ::testing::Test {
 protected:
  ReglesSqlTest() {
    banc_.Enveloppe("ae", "etat", "AE", 1000);
    banc_.Enveloppe("cp", "etat", "CP", 500);
  }
  int64_t Consomme(const std::string& id) {
    return banc_.Number(
        absl::StrCat("SELECT consomme_centimes FROM enveloppe WHERE name = 'enveloppes/", id, "'"));
  }
  Banc banc_;
};

TEST_F(ReglesSqlTest, AnEnvelopeIsNeverOverCommitted) {
  EXPECT_EQ(banc_.Refused(Ligne("a", "ae", 1001)), "enveloppe_suffisante");
  banc_.Sql(Ligne("a", "ae", 600));
  EXPECT_EQ(banc_.Refused(Ligne("b", "ae", 401)), "enveloppe_suffisante");
  banc_.Sql(Ligne("b", "ae", 400));
  EXPECT_EQ(Consomme("ae"), 1000);
  EXPECT_EQ(banc_.Refused("UPDATE enveloppe SET montant_centimes = 999 WHERE nature = 'AE'"),
            "enveloppe_suffisante");
}

TEST_F(ReglesSqlTest, ALineThatMovesGivesBackToTheEnvelopeThatItLeaves) {
  banc_.Sql(Ligne("a", "ae", 600, 600, 200));
  banc_.Sql("UPDATE ligne SET enveloppe = 'enveloppes/cp'");
  EXPECT_EQ(Consomme("ae"), 0);
  EXPECT_EQ(Consomme("cp"), 200);
  EXPECT_EQ(banc_.Refused("UPDATE ligne SET paye_specifiques_centimes = 501"),
            "enveloppe_suffisante");
}

TEST_F(ReglesSqlTest, NobodyWritesTheConsumptionByHand) {
  banc_.Sql(Ligne("a", "ae", 600));
  banc_.Sql("UPDATE enveloppe SET consomme_centimes = 0");
  EXPECT_EQ(Consomme("ae"), 600);
  EXPECT_EQ(banc_.Refused("UPDATE enveloppe SET nature = 'CP'"), "enveloppe_figee");
}

TEST_F(ReglesSqlTest, AmountsFollowEachOther) {
  EXPECT_EQ(banc_.Refused(Ligne("a", "ae", 100, 101)), "ligne_engage_vote");
  EXPECT_EQ(banc_.Refused(Ligne("a", "ae", 100, 50, 51)), "ligne_paye_engage");
  EXPECT_EQ(banc_.Refused(Ligne("a", "ae", 1, 0, -1)), "ligne_montants_positifs");
  EXPECT_EQ(banc_.Refused(Ligne("a", "ae", 1, 0, 0, "REFUSEE")), "ligne_refus_sans_vote");
  banc_.Sql(Ligne("a", "ae", 1));
  EXPECT_EQ(banc_.Refused("CREATE TEMP TABLE t AS TABLE ligne; UPDATE t SET name = 'lignes/b'; "
                          "INSERT INTO ligne TABLE t"),
            "ligne_action_financeur_key");
}

// The line was decided on what its transaction had read; the mirror changes before it commits.
TEST_F(ReglesSqlTest, ALineWrittenWhileItsActionChangesFollowsIt) {
  banc_.Action("a", 1, "contrats/cv110", "");
  banc_.Sql("BEGIN");
  banc_.Sql(Ligne("a", "ae", 100));
  std::thread mirror([this] {
    auto session = *pg::Session::Connect(banc_.conninfo());
    const absl::Status learnt = session->Script(Banc::ActionSql("a", 2, "contrats/cv111", "", ""));
    EXPECT_TRUE(learnt.ok()) << learnt;
  });
  // The mirror waits for the line: nothing is learnt until it is written.
  auto watcher = *pg::Session::Connect(banc_.conninfo());
  const absl::Time limit = absl::Now() + absl::Seconds(10);
  int64_t waiting = 0;
  while (waiting == 0 && absl::Now() < limit) {
    absl::SleepFor(absl::Milliseconds(5));
    waiting = watcher
                  ->Exec("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
                         "AND wait_event_type = 'Lock'")
                  ->Int64(0, 0);
  }
  EXPECT_EQ(waiting, 1);
  banc_.Sql("COMMIT");
  mirror.join();
  EXPECT_EQ(banc_.Number("SELECT count(*) FROM ligne WHERE contrat = 'contrats/cv111'"), 1);
  EXPECT_EQ(banc_.Number("SELECT count(*) FROM ecart"), 0);
}

}  // namespace
}  // namespace pdv::financement
