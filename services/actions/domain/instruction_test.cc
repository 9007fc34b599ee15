#include "services/actions/domain/instruction.h"

#include <set>
#include <string>

#include "common/status/error.h"
#include "gmock/gmock.h"
#include "services/actions/domain/etats.h"

namespace pdv::actions {
namespace {

using ::testing::ElementsAre;

TEST(EnInstructionTest, FromTheDepositToTheDecision) {
  const std::set<std::string> open = {"DEPOSEE", "A_COMPLETER", "COMPLETE", "EN_INSTRUCTION",
                                      "AJOURNEE"};
  for (int i = v1::EtatAction_MIN; i <= v1::EtatAction_MAX; ++i) {
    v1::Action action;
    action.set_etat(static_cast<v1::EtatAction>(i));
    const absl::Status status = VerifierEnInstruction(action);
    EXPECT_EQ(status.ok(), open.contains(NomDeLEtat(action.etat()))) << status;
    EXPECT_EQ(status::ReasonOf(status), status.ok() ? "" : "HORS_INSTRUCTION");
  }
}

TEST(EnInstructionTest, AlsoWhileItWaitsForANewAttestation) {
  v1::Action action;
  action.set_etat(v1::ETAT_ACTION_EN_ATTENTE_ATTESTATION);
  EXPECT_FALSE(VerifierEnInstruction(action).ok());
  action.mutable_depot_time()->set_seconds(1);
  EXPECT_TRUE(VerifierEnInstruction(action).ok());
  // The decision ends it, whatever was filed.
  action.set_etat(v1::ETAT_ACTION_IRRECEVABLE);
  EXPECT_FALSE(VerifierEnInstruction(action).ok());
}

TEST(AvisTest, ReservesAndRefusalsSayWhy) {
  v1::Avis avis;
  avis.set_qualite(v1::QUALITE_AVIS_DELEGUE_PREFET);
  for (v1::SensAvis sens : {v1::SENS_AVIS_RESERVE, v1::SENS_AVIS_DEFAVORABLE}) {
    avis.set_sens(sens);
    avis.clear_texte();
    const absl::Status refused = VerifierAvis(&avis);
    ASSERT_EQ(status::ViolationsOf(refused).size(), 1u);
    EXPECT_EQ(status::ViolationsOf(refused)[0].reason, "AVIS_SANS_TEXTE");
    avis.set_texte("Le budget est trop court");
    EXPECT_TRUE(VerifierAvis(&avis).ok());
  }
  avis.set_sens(v1::SENS_AVIS_FAVORABLE);
  avis.clear_texte();
  EXPECT_TRUE(VerifierAvis(&avis).ok());
  EXPECT_FALSE(avis.consultatif());
  avis.set_qualite(v1::QUALITE_AVIS_CONSEIL_CITOYEN);
  EXPECT_TRUE(VerifierAvis(&avis).ok());
  EXPECT_TRUE(avis.consultatif());
}

TEST(AvisTest, EveryQualityTakesARoleOfItsOwn) {
  std::set<std::string_view> roles;
  for (int i = 1; i <= v1::QualiteAvis_MAX; ++i) {
    const std::string_view role = RoleDe(static_cast<v1::QualiteAvis>(i));
    EXPECT_FALSE(role.empty());
    EXPECT_TRUE(roles.insert(role).second) << role;
  }
}

class CotationTest : public ::testing::Test {
 protected:
  CotationTest() {
    Critere("mixite", 5);
    Critere("lien", 15);
    Critere("recit", 0);  // asked, and not scored
  }
  void Critere(const char* id, int best) {
    v1::Critere* critere = appel_.add_criteres();
    critere->set_id(id);
    critere->set_note_max(best);
  }
  void Noter(const char* critere, int value) {
    v1::Note* note = cotation_.add_notes();
    note->set_critere(critere);
    note->set_note(value);
  }
  std::vector<std::string> Champs(const v1::AppelAProjets* appel) {
    std::vector<std::string> fields;
    for (const auto& one : status::ViolationsOf(VerifierCotation(appel, &cotation_)))
      fields.push_back(one.field);
    return fields;
  }
  v1::AppelAProjets appel_;
  v1::Cotation cotation_;
};

TEST_F(CotationTest, TheTotalIsTheShareOfTheBestMarks) {
  Noter("lien", 10);
  Noter("mixite", 3);
  ASSERT_TRUE(VerifierCotation(&appel_, &cotation_).ok());
  EXPECT_EQ(cotation_.total_points(), 6500);  // 13 of 20
}

TEST_F(CotationTest, EveryScoredCriterionHasOneMarkWithinItsBounds) {
  Noter("mixite", 6);
  Noter("mixite", 1);
  Noter("recit", 1);
  EXPECT_THAT(Champs(&appel_), ElementsAre("cotation.notes[0].note", "cotation.notes[1].critere",
                                           "cotation.notes[2].critere", "cotation.notes"));
  EXPECT_EQ(cotation_.total_points(), 0);
}

TEST_F(CotationTest, WithoutAppelNothingIsScored) {
  Noter("mixite", 1);
  EXPECT_THAT(Champs(nullptr), ElementsAre("cotation.notes[0].critere"));
}

}  // namespace
}  // namespace pdv::actions
