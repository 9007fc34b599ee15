#include "services/actions/domain/importation.h"

#include "common/status/error.h"
#include "gtest/gtest.h"

namespace pdv::actions {
namespace {

v1::Action Releve(v1::EtatAction stated) {
  v1::Action action;
  action.set_name("actions/a");
  action.set_intitule("Soutien scolaire");
  action.set_etat_importe(stated);
  return action;
}

// What the suite knows after the statement.
v1::Action Connue(v1::EtatAction stated, v1::EtatAction etat) {
  v1::Action action = Releve(stated);
  action.set_empreinte_importee(EmpreinteDuReleve(action));
  action.set_etat(etat);
  return action;
}

TEST(ImporterTest, ANewActionArrivesInTheStateThatIsStated) {
  v1::Action after = Releve(v1::ETAT_ACTION_PROGRAMMEE);
  ASSERT_TRUE(Importer(nullptr, &after).ok());
  EXPECT_EQ(after.etat(), v1::ETAT_ACTION_PROGRAMMEE);
  after = Releve(v1::ETAT_ACTION_UNSPECIFIED);
  ASSERT_TRUE(Importer(nullptr, &after).ok());
  EXPECT_EQ(after.etat(), v1::ETAT_ACTION_BROUILLON);
}

TEST(ImporterTest, TheSameStatementIsKnownWhateverWasWrittenSince) {
  v1::Action before = Connue(v1::ETAT_ACTION_PROGRAMMEE, v1::ETAT_ACTION_PROGRAMMEE);
  const v1::Action again = Releve(v1::ETAT_ACTION_PROGRAMMEE);
  EXPECT_TRUE(DejaImporte(&before, EmpreinteDuReleve(again)));
  before.set_intitule("Un autre titre, écrit ici");
  before.set_etag("7");
  EXPECT_TRUE(DejaImporte(&before, EmpreinteDuReleve(again)));
  EXPECT_FALSE(DejaImporte(&before, EmpreinteDuReleve(Releve(v1::ETAT_ACTION_SOLDEE))));
  EXPECT_FALSE(DejaImporte(nullptr, EmpreinteDuReleve(again)));
  before.clear_empreinte_importee();  // never imported
  EXPECT_FALSE(DejaImporte(&before, EmpreinteDuReleve(again)));
}

TEST(ImporterTest, WhatIsComputedHereIsNoPartOfAStatement) {
  v1::Action said = Releve(v1::ETAT_ACTION_PROGRAMMEE);
  const std::string print = EmpreinteDuReleve(said);
  said.set_etat(v1::ETAT_ACTION_SOLDEE);
  said.set_uid("u");
  said.set_empreinte_importee("x");
  EXPECT_EQ(EmpreinteDuReleve(said), print);
}

TEST(ImporterTest, AnActionThatWasFiledHereIsNotTouched) {
  v1::Action filed = Connue(v1::ETAT_ACTION_DEPOSEE, v1::ETAT_ACTION_DEPOSEE);
  v1::Action newer = Releve(v1::ETAT_ACTION_SOLDEE);
  EXPECT_TRUE(Importer(&filed, &newer).ok());  // stated, and never attested here
  EXPECT_EQ(newer.etat(), v1::ETAT_ACTION_SOLDEE);
  filed.mutable_depot_time()->set_seconds(1);
  EXPECT_EQ(status::ReasonOf(Importer(&filed, &newer)), "ACTION_DEPOSEE");
  EXPECT_EQ(std::string(Importer(&filed, &newer).message()),
            "Cette action est gérée ici, où elle est déposée : un import ne la change plus.");
  // Taken further here, and never filed.
  const v1::Action here =
      Connue(v1::ETAT_ACTION_UNSPECIFIED, v1::ETAT_ACTION_EN_ATTENTE_ATTESTATION);
  const absl::Status refused = Importer(&here, &newer);
  EXPECT_EQ(status::ReasonOf(refused), "ACTION_DEPOSEE");
  EXPECT_EQ(
      std::string(refused.message()),
      "Cette action est gérée ici, où elle est en attente d'attestation : un import ne la change "
      "plus.");
}

}  // namespace
}  // namespace pdv::actions
