// What a proposal holds on its envelope, and how it comes back: an entry each time.
#include "services/financement/app/decider_ligne_pgtest.h"
#include "services/financement/app/expirer_reservations.h"

namespace pdv::financement {
namespace {

class ReservationsTest : public DeciderLigneTest {};

TEST_F(ReservationsTest, AProposalHoldsItsEuros) {
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

TEST_F(ReservationsTest, AReservationEndsAtItsTimeByAnEntry) {
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
TEST_F(ReservationsTest, ALineThatLeavesItsEnvelopeGivesBackWhatItHolds) {
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

TEST_F(ReservationsTest, ALineThatCannotBeExpiredHoldsBackNoOther) {
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

TEST_F(ReservationsTest, AReservationDoesNotBeginInThePast) {
  Demander("a", "");
  v1::ProposerLigneRequest propose;
  propose.set_name("lignes/a");
  propose.set_propose_specifiques_centimes(1);
  propose.mutable_expire_time()->set_seconds(1);
  EXPECT_EQ(status::ReasonOf(banc_.Run<v1::Ligne>(propose, ProposerLigne).status()), "DATE_PASSEE");
}

}  // namespace
}  // namespace pdv::financement
