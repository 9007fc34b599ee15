#include "services/gateway/domain/dossier.h"

#include "common/status/error.h"
#include "gmock/gmock.h"

namespace pdv::gateway {
namespace {

using ::testing::Contains;
using ::testing::Field;

v1::DeposerDossierRequest Demande() {
  actions::v1::Action action;
  action.set_intitule("Aide aux leçons");
  action.set_porteur("porteurs/p");
  action.set_exercice(2023);
  action.set_type(actions::v1::TYPE_ACTION_ACTION);
  financement::v1::Budget budget;
  auto* line = budget.add_lignes();
  line->set_compte("641");
  line->set_montant_centimes(100);
  financement::v1::Ligne ligne;
  ligne.set_financeur("financeurs/etat");
  ligne.set_demande_specifiques_centimes(100);
  v1::DeposerDossierRequest request;
  request.set_request_id("d1");
  request.set_action_id("2023-1");
  request.mutable_action()->PackFrom(action);
  request.mutable_budget()->PackFrom(budget);
  request.add_lignes()->PackFrom(ligne);
  return request;
}

TEST(DossierTest, EachStepHasItsRequestAndItsId) {
  auto dossier = LireDossier(Demande());
  ASSERT_TRUE(dossier.ok()) << dossier.status();
  EXPECT_EQ(dossier->action.request_id(), "d1/action");
  EXPECT_EQ(dossier->budget.request_id(), "d1/budget");
  EXPECT_EQ(dossier->lignes.request_id(), "d1/lignes");
  Nommer("actions/2023-1", &*dossier);
  EXPECT_EQ(dossier->budget.budget_id(), "2023-1");
  EXPECT_EQ(dossier->budget.budget().action(), "actions/2023-1");
  EXPECT_EQ(dossier->lignes.requests(0).ligne_id(), "2023-1-etat");
  EXPECT_EQ(dossier->lignes.requests(0).ligne().action(), "actions/2023-1");
}

TEST(DossierTest, EverythingWrongInTheThreePartsIsToldAtOnce) {
  v1::DeposerDossierRequest request = Demande();
  actions::v1::Action action;
  request.mutable_action()->PackFrom(action);
  request.mutable_budget()->PackFrom(action);  // another message
  financement::v1::Ligne ligne;
  ligne.set_demande_specifiques_centimes(-1);
  request.mutable_lignes(0)->PackFrom(ligne);
  const auto violations = status::ViolationsOf(LireDossier(request).status());
  for (const char* field : {"action.intitule", "action.porteur", "budget", "lignes[0].financeur",
                            "lignes[0].demande_specifiques_centimes"})
    EXPECT_THAT(violations, Contains(Field(&status::Violation::field, field))) << field;
}

}  // namespace
}  // namespace pdv::gateway
