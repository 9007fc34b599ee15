#include "services/financement/domain/dossiers.h"

#include <map>
#include <string>
#include <utility>

#include "common/status/error.h"
#include "gtest/gtest.h"

namespace pdv::financement {
namespace {

using actions::v1::Action;
using actions::v1::EtatAction;

std::string Raison(Verbe verbe, EtatAction etat) {
  Action action;
  action.set_name("actions/a");
  action.set_etat(etat);
  return status::ReasonOf(VerifierDossier(verbe, &action));
}

TEST(DossiersTest, NothingIsGrantedToADossierThatIsNotFiledOrNoLongerStands) {
  for (int etat = 0; etat <= actions::v1::EtatAction_MAX; ++etat) {
    if (!actions::v1::EtatAction_IsValid(etat)) continue;
    const std::string nom = actions::v1::EtatAction_Name(etat).substr(sizeof("ETAT_ACTION_") - 1);
    const bool refuse = nom == "UNSPECIFIED" || nom == "BROUILLON" ||
                        nom == "EN_ATTENTE_ATTESTATION" || nom == "A_COMPLETER" ||
                        nom == "IRRECEVABLE" || nom == "REFUSEE" || nom == "ABANDONNEE" ||
                        nom == "NON_REALISEE";
    for (Verbe verbe : {Verbe::kProposer, Verbe::kVoter, Verbe::kEngager})
      EXPECT_EQ(Raison(verbe, static_cast<EtatAction>(etat)), refuse ? "DOSSIER_NON_DEPOSE" : "")
          << nom;
  }
  EXPECT_EQ(status::ReasonOf(VerifierDossier(Verbe::kVoter, nullptr)), "DOSSIER_NON_DEPOSE");
  Action deleted;
  deleted.set_etat(actions::v1::ETAT_ACTION_EN_INSTRUCTION);
  deleted.mutable_delete_time();
  EXPECT_EQ(status::ReasonOf(VerifierDossier(Verbe::kVoter, &deleted)), "DOSSIER_NON_DEPOSE");
}

TEST(DossiersTest, ADraftIsNotTakenUpAndALineMayAlwaysEnd) {
  EXPECT_EQ(Raison(Verbe::kPrendreEnCharge, actions::v1::ETAT_ACTION_BROUILLON),
            "DOSSIER_NON_DEPOSE");
  EXPECT_EQ(Raison(Verbe::kDeclarerRecevable, actions::v1::ETAT_ACTION_A_COMPLETER), "");
  for (Verbe verbe : {Verbe::kRefuser, Verbe::kDeclarerIrrecevable, Verbe::kConstaterSansReponse,
                      Verbe::kNotifier, Verbe::kVerser})
    EXPECT_EQ(Raison(verbe, actions::v1::ETAT_ACTION_ABANDONNEE), "");
}

TEST(DossiersTest, ABudgetIsWrittenWithItsDossierAndDemandsUntilItIsDecided) {
  const std::map<std::string, std::pair<bool, bool>> open = {
      {"BROUILLON", {true, true}},   {"EN_ATTENTE_ATTESTATION", {true, true}},
      {"A_COMPLETER", {true, true}}, {"DEPOSEE", {false, true}},
      {"COMPLETE", {false, true}},   {"EN_INSTRUCTION", {false, true}},
      {"AJOURNEE", {false, true}},
  };
  for (int etat = 0; etat <= actions::v1::EtatAction_MAX; ++etat) {
    if (!actions::v1::EtatAction_IsValid(etat)) continue;
    const std::string nom = actions::v1::EtatAction_Name(etat).substr(sizeof("ETAT_ACTION_") - 1);
    const auto known = open.find(nom);
    const auto [budget, demandes] = known == open.end() ? std::pair(false, false) : known->second;
    Action action;
    action.set_etat(static_cast<EtatAction>(etat));
    EXPECT_EQ(status::ReasonOf(VerifierBudgetOuvert(action)), budget ? "" : "BUDGET_FIGE") << nom;
    EXPECT_EQ(status::ReasonOf(VerifierDemandesOuvertes(action)), demandes ? "" : "BUDGET_FIGE")
        << nom;
  }
}

}  // namespace
}  // namespace pdv::financement
