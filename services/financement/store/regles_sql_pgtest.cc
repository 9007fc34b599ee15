// What the database refuses or keeps true by itself, whoever writes.
#include <algorithm>
#include <iterator>
#include <thread>

#include "absl/time/clock.h"
#include "common/pg/migrations.h"
#include "services/financement/domain/etats.h"
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
      " paye_droit_commun_centimes, paye_specifiques_centimes, reserve_droit_commun_centimes,"
      " reserve_specifiques_centimes, etat, exercice) VALUES ('lignes/",
      id, "', 'u', 1, now(), now(), 'actions/", id, "', 'financeurs/etat', 'enveloppes/", enveloppe,
      "', 0, 0, 0, 0, 0, ", vote, ", 0, ", engage, ", 0, ", paye, ", 0, 0, '", etat, "', 2023);");
}

// The entry of a vote, from an AE envelope to a line.
std::string Vote(const std::string& id, const std::string& enveloppe, int64_t cents) {
  const std::string name = "enveloppes/" + enveloppe, ligne = "lignes/" + id;
  return Banc::EcritureSql("VOTE", name + "/comptes/disponible",
                           ligne + "/comptes/vote-specifiques", cents, ligne, name);
}
// What the vote does to the envelope.
std::string Prendre(const std::string& enveloppe, int64_t cents) {
  return absl::StrCat("UPDATE enveloppe SET disponible_centimes = disponible_centimes - ", cents,
                      ", consomme_centimes = consomme_centimes + ", cents,
                      " WHERE name = 'enveloppes/", enveloppe, "';");
}
std::string Votee(const std::string& id, const std::string& enveloppe, int64_t cents) {
  return absl::StrCat(Vote(id, enveloppe, cents), Ligne(id, enveloppe, cents),
                      Prendre(enveloppe, cents));
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
  EXPECT_EQ(banc_.Refused(Votee("a", "ae", 1001)), "enveloppe_suffisante");
  banc_.Sql(Votee("a", "ae", 600));
  EXPECT_EQ(banc_.Refused(Votee("b", "ae", 401)), "enveloppe_suffisante");
  banc_.Sql(Votee("b", "ae", 400));
  EXPECT_EQ(Consomme("ae"), 1000);
  EXPECT_EQ(banc_.Refused("UPDATE enveloppe SET montant_centimes = 999 WHERE nature = 'AE'"),
            "enveloppe_total");
}

TEST_F(ReglesSqlTest, NoAmountMovesWithoutItsEntry) {
  EXPECT_EQ(banc_.Refused(Ligne("a", "ae", 600)), "ligne_suit_ecritures");
  EXPECT_EQ(banc_.Refused(Vote("a", "ae", 599) + Ligne("a", "ae", 600)), "ligne_suit_ecritures");
  EXPECT_EQ(banc_.Refused(Vote("a", "ae", 600) + Vote("a", "ae", 1) + Ligne("a", "ae", 600)),
            "ligne_suit_ecritures");
  EXPECT_EQ(banc_.Refused(Vote("a", "ae", 600) + Ligne("a", "ae", 600) + Prendre("ae", 599)),
            "enveloppe_suit_ecritures");
  banc_.Sql(Votee("a", "ae", 600));
  for (const char* column : {"demande_droit_commun", "propose_specifiques", "vote_specifiques"})
    EXPECT_EQ(banc_.Refused(absl::StrCat("UPDATE ligne SET ", column, "_centimes = ", column,
                                         "_centimes + 1")),
              "ligne_suit_ecritures")
        << column;
  EXPECT_EQ(banc_.Refused("UPDATE ligne SET vote_specifiques_centimes = 0"),
            "ligne_suit_ecritures");
  EXPECT_EQ(banc_.Refused(Prendre("ae", 1)), "enveloppe_suit_ecritures");
  EXPECT_EQ(banc_.Number("SELECT count(*) FROM ecart"), 0);
}

// Entries that no row follows pass the transaction's check, and the recount names the accounts.
TEST_F(ReglesSqlTest, AnEntryThatNothingFollowsIsFound) {
  banc_.Sql(Votee("a", "ae", 600));
  banc_.Sql(Vote("a", "ae", 5));
  EXPECT_EQ(banc_.Number("SELECT count(*) FROM ecart WHERE phrase LIKE "
                         "'Compte lignes/a/comptes/vote-specifiques : 600 % tenus, 605 %'"),
            1);
  EXPECT_EQ(banc_.Number("SELECT count(*) FROM ecart WHERE phrase LIKE 'Enveloppe enveloppes/ae%'"),
            1);
}

// Whoever writes, and as the domain says which states wait.
TEST_F(ReglesSqlTest, LinesThatWaitForADecisionAreListed) {
  auto waiting = [&] { return banc_.Number("SELECT count(*) FROM ligne_en_attente"); };
  int64_t expected = 0;
  for (int etat = 1; etat < v1::EtatLigne_ARRAYSIZE; ++etat) {
    if (!v1::EtatLigne_IsValid(etat)) continue;
    const std::string name = v1::EtatLigne_Name(etat).substr(sizeof("ETAT_LIGNE_") - 1);
    banc_.Sql(Ligne(absl::StrCat("l", etat), "ae", 0, 0, 0, name));
    expected += Indecise(static_cast<v1::EtatLigne>(etat)) ? 1 : 0;
    EXPECT_EQ(waiting(), expected) << name;
  }
  banc_.Sql("UPDATE ligne SET etat = 'PROPOSEE' WHERE etat = 'DEMANDEE'");
  EXPECT_EQ(waiting(), expected);
  banc_.Sql("UPDATE ligne SET etat = 'REFUSEE' WHERE etat IN ('PROPOSEE', 'RECEVABLE')");
  EXPECT_EQ(waiting(), expected - 3);
  banc_.Sql("UPDATE ligne SET etat = 'DEMANDEE' WHERE etat = 'REFUSEE'");
  EXPECT_EQ(waiting(), banc_.Number("SELECT count(*) FROM ligne WHERE en_attente(etat)"));
  EXPECT_EQ(banc_.Number("SELECT count(*) FROM ecart"), 0);
  banc_.Sql("DELETE FROM ligne_en_attente WHERE name = 'lignes/l1'");
  banc_.Sql("INSERT INTO ligne_en_attente VALUES ('financeurs/etat', 'lignes/perdue')");
  EXPECT_EQ(banc_.Number("SELECT count(*) FROM ecart"), 2);
}

TEST_F(ReglesSqlTest, TheLedgerIsOnlyAddedTo) {
  banc_.Sql(Votee("a", "ae", 600));
  const char* rewritings[] = {"UPDATE ecriture SET montant_centimes = 1", "DELETE FROM ecriture",
                              "TRUNCATE ecriture"};
  for (const char* rewriting : rewritings) {
    const auto denied = pg::ErrorOf(banc_.sql().Script(rewriting));
    ASSERT_TRUE(denied.has_value()) << rewriting;
    EXPECT_EQ(denied->sqlstate, "42501") << rewriting;  // by grant
  }
  banc_.Sql("GRANT UPDATE, DELETE, TRUNCATE ON ecriture TO CURRENT_USER");
  for (const char* rewriting : rewritings)
    EXPECT_EQ(banc_.Refused(rewriting), "ecriture_ajout_seul") << rewriting;
  const std::string compte = "enveloppes/ae/comptes/disponible";
  EXPECT_EQ(banc_.Refused(Banc::EcritureSql("GEL", compte, compte, 1, "", "enveloppes/ae")),
            "ecriture_deux_comptes");
  EXPECT_EQ(banc_.Refused(Vote("a", "ae", 0)), "ecriture_montant_positif");
  EXPECT_EQ(banc_.Refused(Banc::EcritureSql("VOTE", compte, "lignes/b/comptes/vote-specifiques", 1,
                                            "lignes/a", "enveloppes/ae")),
            "ecriture_comptes");
}

TEST_F(ReglesSqlTest, WhatAnEnvelopeIsNeverChanges) {
  for (const char* change :
       {"nature = 'CP'", "exercice = 2024", "parent = 'enveloppes/cp'", "programme = '177'",
        "programme = NULL", "bop = '0147-OCCI'", "perimetre = 'regions/76'"})
    EXPECT_EQ(banc_.Refused(
                  absl::StrCat("UPDATE enveloppe SET ", change, " WHERE name = 'enveloppes/ae'")),
              "enveloppe_figee")
        << change;
}

TEST_F(ReglesSqlTest, NeitherALineNorAnEnvelopeGoesAway) {
  banc_.Sql(Votee("a", "ae", 600));
  EXPECT_EQ(banc_.Refused("DELETE FROM ligne"), "ligne_sans_suppression");
  EXPECT_EQ(banc_.Refused("TRUNCATE ligne"), "ligne_sans_suppression");
  EXPECT_EQ(banc_.Refused("DELETE FROM enveloppe WHERE nature = 'CP'"),
            "enveloppe_sans_suppression");
}

TEST_F(ReglesSqlTest, AmountsFollowEachOther) {
  EXPECT_EQ(banc_.Refused(Ligne("a", "ae", 100, 101)), "ligne_engage_vote");
  EXPECT_EQ(banc_.Refused(Ligne("a", "ae", 100, 50, 51)), "ligne_paye_engage");
  EXPECT_EQ(banc_.Refused(Ligne("a", "ae", 1, 0, -1)), "ligne_montants_positifs");
  EXPECT_EQ(banc_.Refused(Ligne("a", "ae", 1, 0, 0, "REFUSEE")), "ligne_refus_sans_vote");
  banc_.Sql(Votee("a", "ae", 1));
  EXPECT_EQ(banc_.Refused("CREATE TEMP TABLE t AS TABLE ligne; UPDATE t SET name = 'lignes/b'; "
                          "INSERT INTO ligne TABLE t"),
            "ligne_action_financeur_key");
}

// The lines that were there before 0008: the ledger tells which steps were taken here.
TEST(MigrationTest, TheStepThatAVerbTookIsToldByTheLedger) {
  std::vector<pg::Migration> all{store::BaseMigration()}, before;
  all.insert(all.end(), Migrations().begin(), Migrations().end());
  std::copy_if(all.begin(), all.end(), std::back_inserter(before),
               [](const pg::Migration& one) { return one.number < 8; });
  auto session = *pg::Session::Connect(testing::FreshDatabase(before));
  std::string script =
      "INSERT INTO financeur VALUES ('financeurs/etat', 'u', 1, now(), now(), 'État', 'ETAT', NULL,"
      " true);"
      "INSERT INTO enveloppe (name, uid, revision, create_time, update_time, libelle, financeur,"
      " perimetre, exercice, nature, dotation_centimes, montant_centimes, disponible_centimes,"
      " reserve_centimes, consomme_centimes, gele_centimes, delegue_centimes) VALUES"
      " ('enveloppes/cp', 'u', 1, now(), now(), 'cp', 'financeurs/etat', 'nation', 2023, 'CP', 0,"
      " 0, 0, 0, 0, 0, 0);";
  for (const char* nature : {"IMPORT", "VOTE"})
    absl::StrAppend(&script,
                    Banc::EcritureSql(nature, "financeurs/etat/comptes/exterieur",
                                      absl::StrCat("lignes/", nature, "/comptes/vote-specifiques"),
                                      5, absl::StrCat("lignes/", nature), ""),
                    Ligne(nature, "cp", 5));
  const absl::Status written = session->Script(script);
  ASSERT_TRUE(written.ok()) << written;
  const absl::Status migrated = pg::Migrate(*session, all);
  ASSERT_TRUE(migrated.ok()) << migrated;
  const auto rows =
      session->Exec("SELECT etape_decidee FROM ligne ORDER BY name", {}, /*prepared=*/false);
  ASSERT_TRUE(rows.ok()) << rows.status();
  EXPECT_TRUE(rows->IsNull(0, 0));
  EXPECT_EQ(rows->Text(1, 0), "VOTEE");
}

// The line was decided on what its transaction had read; the mirror changes before it commits.
TEST_F(ReglesSqlTest, ALineWrittenWhileItsActionChangesFollowsIt) {
  banc_.Action("a", 1, "contrats/cv110", "");
  banc_.Sql("BEGIN");
  banc_.Sql(Votee("a", "ae", 100));
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
                  ->Exec(
                      "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
                      "AND wait_event_type = 'Lock'")
                  ->Int64(0, 0);
  }
  EXPECT_EQ(waiting, 1);
  banc_.Sql("COMMIT");
  mirror.join();
  EXPECT_EQ(banc_.Number("SELECT count(*) FROM ligne WHERE contrat = 'contrats/cv111'"), 1);
  EXPECT_EQ(banc_.Number("SELECT count(*) FROM ecart"), 0);
}

// The envelopes that were there before 0015: what each received is told by the ledger, and one from
// which too much was taken back is still used, but gives no more back.
TEST(MigrationTest, WhatAChildReceivedIsToldByTheLedger) {
  std::vector<pg::Migration> all{store::BaseMigration()}, before;
  all.insert(all.end(), Migrations().begin(), Migrations().end());
  std::copy_if(all.begin(), all.end(), std::back_inserter(before),
               [](const pg::Migration& one) { return one.number < 15; });
  auto session = *pg::Session::Connect(testing::FreshDatabase(before));
  const auto delegate = [](const std::string& from, const std::string& to,
                           const std::string& child) {
    return absl::StrCat(
        "INSERT INTO ecriture (operation, nature, debit, credit, montant_centimes, enveloppe,"
        " contrepartie) VALUES ('o', 'DELEGATION', 'enveloppes/",
        from, "/comptes/disponible', 'enveloppes/", to, "/comptes/disponible', 40, 'enveloppes/p',",
        "'enveloppes/", child, "');");
  };
  const absl::Status written = session->Script(absl::StrCat(
      "INSERT INTO financeur VALUES ('financeurs/etat', 'u', 1, now(), now(), 'État', 'ETAT', NULL,"
      " true);",
      delegate("p", "a", "a"), delegate("b", "p", "b"),
      Banc::EcritureSql("ABONDEMENT", "financeurs/etat/comptes/exterieur",
                        "enveloppes/p/comptes/disponible", 10, "", "enveloppes/p"),
      Banc::EcritureSql("ABONDEMENT", "financeurs/etat/comptes/exterieur",
                        "enveloppes/b/comptes/disponible", 90, "", "enveloppes/b"),
      "INSERT INTO enveloppe (name, uid, revision, create_time, update_time, libelle, financeur,"
      " perimetre, exercice, nature, parent, dotation_centimes, montant_centimes,"
      " disponible_centimes, reserve_centimes, consomme_centimes, gele_centimes, delegue_centimes)"
      " SELECT 'enveloppes/' || id, 'u', 1, now(), now(), id, 'financeurs/etat', perimetre, 2023,"
      " 'AE', parent, 0, solde, solde, 0, 0, 0, 0 FROM (VALUES ('p', 'nation', NULL, 10),"
      " ('a', 'regions/76', 'enveloppes/p', 40), ('b', 'regions/32', 'enveloppes/p', 50))"
      " e (id, perimetre, parent, solde)"));
  ASSERT_TRUE(written.ok()) << written;
  const absl::Status migrated = pg::Migrate(*session, all);
  ASSERT_TRUE(migrated.ok()) << migrated;
  const auto rows = session->Exec(
      "SELECT string_agg(recu_centimes::text, ' ' ORDER BY name), (SELECT count(*) FROM ecart)"
      " FROM enveloppe",
      {}, /*prepared=*/false);
  ASSERT_TRUE(rows.ok()) << rows.status();
  EXPECT_EQ(rows->Text(0, 0), "40 -40 0");
  EXPECT_EQ(rows->Int64(0, 1), 0);
  EXPECT_TRUE(session->Script("UPDATE enveloppe SET libelle = 'autre'").ok());
  const absl::Status more = session->Script(absl::StrCat(
      delegate("b", "p", "b"),
      "UPDATE enveloppe SET disponible_centimes = 10, montant_centimes = 10, recu_centimes = -80"
      " WHERE name = 'enveloppes/b'"));
  ASSERT_TRUE(pg::ErrorOf(more).has_value()) << more;
  EXPECT_EQ(pg::ErrorOf(more)->constraint, "enveloppe_recu");
}

}  // namespace
}  // namespace pdv::financement
