#include "services/gateway/domain/refus_depot.h"

#include "common/status/error.h"
#include "gmock/gmock.h"

namespace pdv::gateway {
namespace {

using ::testing::HasSubstr;

actions::v1::ConstatRegle* Constater(const std::string& raison, actions::v1::SeveriteRegle severite,
                                     const std::string& transition,
                                     actions::v1::EvaluerDossierResponse* evaluation) {
  auto* constat = evaluation->add_constats();
  constat->set_raison(raison);
  constat->set_regle("national/" + raison);
  constat->set_champ("action." + raison);
  constat->set_severite(severite);
  constat->set_transition(transition);
  constat->set_message(raison + " manque.");
  return constat;
}

TEST(RefusDepotTest, OnlyTheRulesOfTheDepositRefuseIt) {
  actions::v1::EvaluerDossierResponse evaluation;
  Constater("AVERTISSEMENT", actions::v1::SEVERITE_REGLE_AVERTISSEMENT, "AttesterAction",
            &evaluation);
  Constater("PIECES", actions::v1::SEVERITE_REGLE_REFUS, "DeclarerComplete", &evaluation);
  EXPECT_TRUE(RefusDesRegles(evaluation, "actions/a").ok());
  Constater("THEMATIQUE", actions::v1::SEVERITE_REGLE_REFUS, "AttesterAction", &evaluation);
  Constater("DATES", actions::v1::SEVERITE_REGLE_REFUS, "AttesterAction", &evaluation);
  const absl::Status refused = RefusDesRegles(evaluation, "actions/a");
  EXPECT_EQ(refused.code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(status::ReasonOf(refused), "THEMATIQUE");
  EXPECT_THAT(std::string(refused.message()), HasSubstr("2 règles"));
  EXPECT_EQ(status::MetadataOf(refused, "action"), "actions/a");
  EXPECT_EQ(status::MetadataOf(refused, "champ"), "action.THEMATIQUE");
}

TEST(RefusDepotTest, AFiledDossierAndAnAbandonedOneAreToldApart) {
  actions::v1::Action action;
  EXPECT_THAT(std::string(RefusDejaDepose(action).message()), HasSubstr("plus un brouillon"));
  action.mutable_depot_time()->set_seconds(1);
  EXPECT_THAT(std::string(RefusDejaDepose(action).message()), HasSubstr("déjà déposé"));
  EXPECT_EQ(status::ReasonOf(RefusDejaDepose(action)), "DOSSIER_DEPOSE");
  EXPECT_EQ(RefusModifie(action).code(), absl::StatusCode::kAborted);
}

}  // namespace
}  // namespace pdv::gateway
