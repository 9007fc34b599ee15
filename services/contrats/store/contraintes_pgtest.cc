// The rules that the database holds whoever writes: here, somebody with SQL.
#include <thread>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/pg/error.h"
#include "common/status/error.h"
#include "pdv/contrats/v1/raison.pb.h"
#include "services/contrats/api/banc_pgtest.h"
#include "services/contrats/domain/dates.h"
#include "services/contrats/store/contraintes.h"

namespace pdv::contrats {
namespace {

class ContraintesTest : public Banc {
 protected:
  ContraintesTest() {
    PoserTerritoires();
    Creer(Projet());
  }
  std::string Raison(const std::string& sql) {
    return status::ReasonOf(pg::ToPublic(Sql(sql).status()));
  }
  void Signer() {
    v1::SignerContratRequest request;
    request.set_name("contrats/cn03401m");
    *request.mutable_date_signature() = EnMessage(types::Date(2024, 3, 1));
    ASSERT_TRUE(Appeler<v1::Contrat>("SignerContrat", request).ok());
  }
};

TEST_F(ContraintesTest, EveryDeclaredConstraintExistsAndHasAReasonOfTheApi) {
  for (const Contrainte* c = kContraintes; c->nom != nullptr; ++c) {
    // Of a table, raised by a function, or by the trigger that refuses any rewriting.
    EXPECT_NE(Lire(absl::StrCat("SELECT (SELECT count(*) FROM pg_constraint WHERE conname = '",
                                c->nom, "') + (SELECT count(*) FROM pg_trigger WHERE tgname = '",
                                c->nom, "') + (SELECT count(*) FROM pg_proc WHERE prosrc LIKE ",
                                "'%CONSTRAINT = ''", c->nom, "''%')")),
              "0")
        << c->nom;
    v1::Raison reason;
    EXPECT_TRUE(v1::Raison_Parse(absl::StrCat("RAISON_", c->raison), &reason)) << c->raison;
  }
}

TEST_F(ContraintesTest, ASignedContratIsHeld) {
  EXPECT_EQ(Raison("UPDATE contrat SET libelle = 'Projet renommé'"), "");
  Signer();
  EXPECT_EQ(Raison("UPDATE contrat SET libelle = 'Renommé'"), "CONTRAT_SIGNE");
  EXPECT_EQ(Raison("UPDATE contrat SET date_fin = '2040-12-31'"), "CONTRAT_SIGNE");
  EXPECT_EQ(Raison("UPDATE contrat SET etat = 'PROJET', revision_signee = 0"),
            "TRANSITION_INTERDITE");
  EXPECT_EQ(Raison("UPDATE contrat SET revision_signee = 0"), "CONTRAT_SIGNE");
  EXPECT_EQ(Raison("UPDATE contrat SET delete_time = now()"), "CONTRAT_SIGNE");
  EXPECT_EQ(Raison("UPDATE contrat SET population_qpv = 12"), "");
  // A revision that nobody kept.
  EXPECT_EQ(Raison("UPDATE contrat SET revision_signee = 2"), "CONTRAT_SIGNE");
}

TEST_F(ContraintesTest, ARevisionIsWrittenOnce) {
  Signer();
  EXPECT_NE(Raison("UPDATE revision_contrat SET avenant = 'x'"), "");
  EXPECT_NE(Raison("DELETE FROM revision_contrat"), "");
  EXPECT_NE(Raison("TRUNCATE revision_contrat"), "");
  EXPECT_EQ(Lire("SELECT count(*) FROM revision_contrat WHERE avenant IS NULL"), "1");
}

TEST_F(ContraintesTest, NamesAndPeriodsAreHeld) {
  EXPECT_EQ(Raison("UPDATE qpv SET code = 'QP034002' WHERE name = 'qpv/qp034001'"),
            "CODE_INCOHERENT");
  EXPECT_EQ(Raison("UPDATE qpv SET generation = '2015-2023'"), "CODE_INCOHERENT");
  EXPECT_EQ(Raison("UPDATE commune SET valide_du = '2025-01-01', valide_au = '2025-01-01'"),
            "DATES_INCOHERENTES");
  EXPECT_EQ(Raison("UPDATE contrat SET date_fin = '2023-12-31'"), "DATES_INCOHERENTES");
}

TEST_F(ContraintesTest, TwoWritersOfOneCrosswalkSeeEachOther) {
  for (const char* code : {"QN03402M", "QN03403M"}) {
    ASSERT_TRUE(Sql(absl::StrCat("INSERT INTO qpv (name, uid, revision, create_time, update_time, "
                                 "code, libelle, communes, generation) VALUES ('qpv/' || lower('",
                                 code, "'), '", code, "', 1, now(), now(), '", code,
                                 "', 'x', '{}', '2024-2030')"))
                    .ok());
  }
  auto insert = [](const char* nouveau) {
    return absl::StrCat(
        "INSERT INTO passage (name, uid, revision, create_time, update_time, "
        "ancien, nouveau, part_points) VALUES ('passages/qp034001-",
        nouveau, "', '", nouveau, "', 1, now(), now(), 'qpv/qp034001', 'qpv/", nouveau, "', 6000)");
  };
  auto first = pg::Session::Connect(conninfo());
  ASSERT_TRUE(first.ok());
  ASSERT_TRUE((*first)->Exec("BEGIN").ok());
  ASSERT_TRUE((*first)->Exec(insert("qn03402m")).ok());
  // The second one has to wait for the first, then sees its row.
  std::string second;
  std::thread other([&] { second = Raison(insert("qn03403m")); });
  absl::SleepFor(absl::Milliseconds(200));
  ASSERT_TRUE((*first)->Exec("COMMIT").ok());
  other.join();
  EXPECT_EQ(second, "PARTS_EXCESSIVES");
  EXPECT_EQ(Lire("SELECT sum(part_points) FROM passage"), "6000");
}

}  // namespace
}  // namespace pdv::contrats
