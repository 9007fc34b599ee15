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

std::string RefusDans(actions::v1::EtatAction etat, bool depose) {
  actions::v1::Action action;
  action.set_etat(etat);
  if (depose) action.mutable_depot_time()->set_seconds(1);
  return std::string(RefusDejaDepose(action).message());
}

TEST(RefusDepotTest, AFiledDossierIsToldHowItIsChangedInItsState) {
  const std::pair<actions::v1::EtatAction, const char*> kSuites[] = {
      {actions::v1::ETAT_ACTION_A_COMPLETER, "répondez à chacun"},
      {actions::v1::ETAT_ACTION_EN_ATTENTE_ATTESTATION, "puis le signataire l'atteste"},
      {actions::v1::ETAT_ACTION_DEPOSEE, "sans nouveau dépôt"},
      {actions::v1::ETAT_ACTION_COMPLETE, "sans nouveau dépôt"},
      {actions::v1::ETAT_ACTION_EN_INSTRUCTION, "sans nouveau dépôt"},
      {actions::v1::ETAT_ACTION_AJOURNEE, "sans nouveau dépôt"},
      {actions::v1::ETAT_ACTION_PROGRAMMEE, "ne se modifie plus"},
      {actions::v1::ETAT_ACTION_REFUSEE, "ne se modifie plus"},
      {actions::v1::ETAT_ACTION_ABANDONNEE, "abandonné"}};
  for (const auto& [etat, words] : kSuites) {
    EXPECT_THAT(RefusDans(etat, true), HasSubstr("déjà déposé")) << etat;
    EXPECT_THAT(RefusDans(etat, true), HasSubstr(words)) << etat;
  }
  EXPECT_THAT(RefusDans(actions::v1::ETAT_ACTION_ABANDONNEE, false),
              HasSubstr("plus un brouillon"));
}

TEST(RefusDepotTest, AMachineReadsTheReasonAndTheState) {
  actions::v1::Action action;
  action.set_etat(actions::v1::ETAT_ACTION_A_COMPLETER);
  EXPECT_EQ(status::ReasonOf(RefusDejaDepose(action)), "DOSSIER_DEPOSE");
  EXPECT_EQ(status::MetadataOf(RefusDejaDepose(action), "etat"), "A_COMPLETER");
  EXPECT_EQ(RefusModifie(action).code(), absl::StatusCode::kAborted);
}

}  // namespace
}  // namespace pdv::gateway
