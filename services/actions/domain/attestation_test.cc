#include "services/actions/domain/attestation.h"

#include "gtest/gtest.h"

namespace pdv::actions {
namespace {

v1::Action Dossier() {
  v1::Action action;
  action.set_name("actions/a");
  action.set_intitule("Soutien scolaire");
  action.set_porteur("porteurs/p");
  return action;
}

TEST(EmpreinteTest, IsOfWhatIsSaidAndOfNothingElse) {
  const v1::Action said = Dossier();
  v1::Action moved = said;
  moved.set_etag("7");
  moved.set_etat(v1::ETAT_ACTION_DEPOSEE);
  moved.set_motif("Avis");
  moved.set_etat_importe(v1::ETAT_ACTION_SOLDEE);
  EXPECT_EQ(Empreinte(moved), Empreinte(said));
  EXPECT_EQ(Empreinte(said).size(), 64u);
  v1::Action changed = said;
  changed.set_intitule("Aide aux leçons");
  EXPECT_NE(Empreinte(changed), Empreinte(said));
  v1::Action other = said;
  other.set_name("actions/b");
  EXPECT_NE(Empreinte(other), Empreinte(said));
}

TEST(AttesterTest, TheFirstAttestationIsTheDeposit) {
  v1::Action action = Dossier();
  const absl::Time first = absl::FromUnixMicros(1'700'000'000'123'456);
  Attester("alice", "porteurs/p", "3", first, &action);
  ASSERT_EQ(action.attestations_size(), 1);
  EXPECT_EQ(action.attestations(0).acteur(), "alice");
  EXPECT_EQ(action.attestations(0).organisation(), "porteurs/p");
  EXPECT_EQ(action.attestations(0).instant().seconds(), 1'700'000'000);
  EXPECT_EQ(action.attestations(0).instant().nanos(), 123'456'000);
  EXPECT_EQ(action.attestations(0).empreinte(), Empreinte(Dossier()));

  EXPECT_EQ(action.attestations(0).budget_etag(), "3");
  EXPECT_FALSE(BudgetChange(action, "3"));
  EXPECT_TRUE(BudgetChange(action, "4"));
  EXPECT_FALSE(BudgetChange(Dossier(), "4"));  // nothing was attested

  action.set_intitule("Aide aux leçons");
  Attester("bruno", "porteurs/p", "4", first + absl::Hours(1), &action);
  ASSERT_EQ(action.attestations_size(), 2);
  EXPECT_NE(action.attestations(1).empreinte(), action.attestations(0).empreinte());
  EXPECT_EQ(action.depot_time().seconds(), 1'700'000'000);
}

}  // namespace
}  // namespace pdv::actions
