// A committee's report, or a payment run: any verbs on many lines, in one transaction.
#include <gmock/gmock.h>

#include "common/status/error.h"
#include "services/financement/app/decider_ligne.h"
#include "services/financement/store/banc_pgtest.h"

namespace pdv::financement {
namespace {

class LotsLignesTest : public ::testing::Test {
 protected:
  void Demander(const std::string& id) {
    banc_.Action(id, 1, "contrats/cv110", "");
    const auto ligne = banc_.Creer(Banc::Demande(id, id, "", 1000));
    ASSERT_TRUE(ligne.ok()) << ligne.status();
  }
  // Appends an act on a line, and returns its request.
  template <class Request>
  Request* Acte(Request* (v1::ActeLigne::*lequel)(), const std::string& id) {
    Request* request = (lot_.add_actes()->*lequel)();
    request->set_name("lignes/" + id);
    return request;
  }
  void Proposer(const std::string& id, const std::string& enveloppe, int64_t cents) {
    Acte(&v1::ActeLigne::mutable_declarer_recevable, id);
    auto* proposer = Acte(&v1::ActeLigne::mutable_proposer, id);
    proposer->set_enveloppe("enveloppes/" + enveloppe);
    proposer->set_propose_specifiques_centimes(cents);
  }
  absl::StatusOr<v1::BatchDeciderLignesResponse> Decider() {
    return banc_.Run<v1::BatchDeciderLignesResponse>(lot_, BatchDeciderLignes);
  }
  std::string Etat(const std::string& id) {
    return banc_.Number("SELECT count(*) FROM ligne WHERE etat = 'DEMANDEE' AND name = 'lignes/" +
                        id + "'") == 1
               ? "DEMANDEE"
               : "autre";
  }
  Banc banc_;
  v1::BatchDeciderLignesRequest lot_;
};

TEST_F(LotsLignesTest, ALineGoesFromItsDemandToItsPaymentInOneTransaction) {
  banc_.Enveloppe("ae", "etat", "AE", 1000);
  Demander("a");
  Proposer("a", "ae", 900);
  Acte(&v1::ActeLigne::mutable_voter, "a")->set_vote_specifiques_centimes(800);
  Acte(&v1::ActeLigne::mutable_notifier, "a");
  Acte(&v1::ActeLigne::mutable_engager, "a")->set_engage_specifiques_centimes(800);
  Acte(&v1::ActeLigne::mutable_verser, "a")->set_paye_specifiques_centimes(500);
  const auto done = Decider();
  ASSERT_TRUE(done.ok()) << done.status();
  EXPECT_EQ(done->faits(), 6);
  ASSERT_EQ(done->lignes_size(), 6);
  EXPECT_EQ(done->lignes(0).etat(), v1::ETAT_LIGNE_RECEVABLE);
  EXPECT_EQ(done->lignes(5).etat(), v1::ETAT_LIGNE_VERSEE);
  EXPECT_EQ(done->lignes(5).enveloppe(), "enveloppes/ae");
  EXPECT_EQ(banc_.Number("SELECT disponible_centimes FROM enveloppe"), 200);
  EXPECT_EQ(banc_.Number("SELECT consomme_centimes FROM enveloppe"), 800);
  EXPECT_EQ(banc_.Number("SELECT reserve_centimes FROM enveloppe"), 0);
  EXPECT_EQ(banc_.Number("SELECT count(*) FROM ecart"), 0);
  EXPECT_EQ(banc_.Number("SELECT count(*) FROM ecart_ecritures"), 0);
}

TEST_F(LotsLignesTest, OneRefusedActUndoesTheOthersUnlessItemByItem) {
  banc_.Enveloppe("ae", "etat", "AE", 1000);
  for (const char* id : {"a", "b", "c"}) Demander(id);
  Proposer("a", "ae", 700);
  Proposer("b", "ae", 400);
  Acte(&v1::ActeLigne::mutable_refuser, "c")->set_motif("Hors quartier.");
  lot_.add_actes();
  const auto refused = Decider();
  EXPECT_EQ(status::ReasonOf(refused.status()), "ENVELOPPE_INSUFFISANTE");
  for (const char* id : {"a", "b", "c"}) EXPECT_EQ(Etat(id), "DEMANDEE");
  lot_.set_mode(v1::MODE_LOT_ITEM_PAR_ITEM);
  const auto done = Decider();
  ASSERT_TRUE(done.ok()) << done.status();
  EXPECT_EQ(done->faits(), 4);
  ASSERT_EQ(done->refus_size(), 2);
  EXPECT_EQ(done->refus(0).rang(), 3);
  EXPECT_EQ(done->refus(0).raison(), "ENVELOPPE_INSUFFISANTE");
  EXPECT_EQ(done->refus(0).reste_centimes(), 300);
  EXPECT_EQ(done->refus(1).raison(), "RESSOURCE_INTROUVABLE");
  EXPECT_EQ(done->lignes(3).motif(), "Hors quartier.");
  EXPECT_EQ(banc_.Number("SELECT reserve_centimes FROM enveloppe"), 700);
  EXPECT_EQ(banc_.Number("SELECT count(*) FROM ecart_ecritures"), 0);
}

TEST_F(LotsLignesTest, AnInterestCostsItsOwnLineOnly) {
  banc_.Enveloppe("ae", "etat", "AE", 1000);
  for (const char* id : {"a", "b"}) Demander(id);
  banc_.Sql("INSERT INTO miroir_conflit VALUES ('actions/a/conflits/c', 1, 'actions/a', 'essai')");
  Proposer("a", "ae", 700);
  Proposer("b", "ae", 400);
  lot_.set_mode(v1::MODE_LOT_ITEM_PAR_ITEM);
  const auto done = Decider();
  ASSERT_TRUE(done.ok()) << done.status();
  // Both acts on the line: it is neither admissible nor proposed.
  ASSERT_EQ(done->refus_size(), 2);
  for (const auto& refus : done->refus()) EXPECT_EQ(refus.raison(), "CONFLIT_D_INTERETS");
  EXPECT_EQ(Etat("a"), "DEMANDEE");
  EXPECT_EQ(done->faits(), 2);
}

TEST_F(LotsLignesTest, AnActIsEntitledAsTheSingleVerbIs) {
  banc_.Enveloppe("ae", "etat", "AE", 1000);
  Demander("a");
  Acte(&v1::ActeLigne::mutable_voter, "a")->set_vote_specifiques_centimes(100);
  rpc::CallPtr call = Banc::Call();
  call->identity.role = "instructeur";
  const auto request = std::make_shared<v1::BatchDeciderLignesRequest>(lot_);
  const auto refused = banc_.store().MutateAndWait(call, request, BatchDeciderLignes(lot_));
  EXPECT_EQ(status::ReasonOf(refused.status()), "ROLE_INSUFFISANT");
  EXPECT_EQ(Etat("a"), "DEMANDEE");
}

TEST_F(LotsLignesTest, WhatAnEnvelopeHoldsStaysWithIt) {
  banc_.Enveloppe("ae", "etat", "AE", 1000);
  banc_.Enveloppe("autre", "etat", "AE", 1000);
  Demander("a");
  Proposer("a", "ae", 900);
  ASSERT_TRUE(Decider().ok());
  v1::ProposerLigneRequest again;
  again.set_name("lignes/a");
  again.set_propose_specifiques_centimes(800);
  again.set_enveloppe("enveloppes/autre");
  EXPECT_EQ(status::ReasonOf(banc_.Run<v1::Ligne>(again, ProposerLigne).status()),
            "LIGNE_RESERVEE");
  again.set_enveloppe("enveloppes/inconnue");
  Demander("b");
  again.set_name("lignes/b");
  EXPECT_EQ(status::ReasonOf(banc_.Run<v1::Ligne>(again, ProposerLigne).status()),
            "RESSOURCE_INTROUVABLE");
  again.set_enveloppe("enveloppes/autre");
  const auto proposed = banc_.Run<v1::Ligne>(again, ProposerLigne);
  ASSERT_TRUE(proposed.ok()) << proposed.status();
  EXPECT_EQ(banc_.Number("SELECT reserve_centimes FROM enveloppe WHERE name = 'enveloppes/autre'"),
            800);
}

}  // namespace
}  // namespace pdv::financement
