#include "services/actions/domain/issue.h"

#include <map>
#include <string>

#include "common/status/error.h"
#include "gtest/gtest.h"

namespace pdv::actions {
namespace {

using financement::v1::EtatLigne;
using financement::v1::EtatLigne_Name;

// Every state of a line, written by hand: voted, refused, or not decided.
const std::map<std::string, std::optional<Verbe>> kSeule = {
    {"UNSPECIFIED", {}},
    {"DEMANDEE", {}},
    {"PRISE_EN_CHARGE", {}},
    {"RECEVABLE", {}},
    {"PROPOSEE", {}},
    {"SANS_REPONSE", {}},
    {"VOTEE", Verbe::kProgrammer},
    {"NOTIFIEE", Verbe::kProgrammer},
    {"ENGAGEE", Verbe::kProgrammer},
    {"VERSEE", Verbe::kProgrammer},
    {"JUSTIFIEE", Verbe::kProgrammer},
    {"SOLDEE", Verbe::kProgrammer},
    {"A_REVERSER", Verbe::kProgrammer},
    {"REVERSEE", Verbe::kProgrammer},
    {"IRRECEVABLE", Verbe::kRefuser},
    {"REFUSEE", Verbe::kRefuser},
    {"RETIREE", {}},
};

TEST(IssueTest, EveryStateOfALineSaysWhatItIs) {
  size_t seen = 0;
  for (int i = financement::v1::EtatLigne_MIN; i <= financement::v1::EtatLigne_MAX; ++i) {
    if (!financement::v1::EtatLigne_IsValid(i)) continue;
    const EtatLigne etat = static_cast<EtatLigne>(i);
    const std::string name = EtatLigne_Name(etat).substr(sizeof("ETAT_LIGNE_") - 1);
    ASSERT_TRUE(kSeule.contains(name)) << name;
    EXPECT_EQ(Issue({etat}), kSeule.at(name)) << name;
    ++seen;
  }
  EXPECT_EQ(seen, kSeule.size());
}

TEST(IssueTest, EveryFunderDecidesAndOneVoteIsEnough) {
  using enum financement::v1::EtatLigne;
  EXPECT_EQ(Issue({}), std::nullopt);
  EXPECT_EQ(Issue({ETAT_LIGNE_VOTEE, ETAT_LIGNE_PROPOSEE}), std::nullopt);
  EXPECT_EQ(Issue({ETAT_LIGNE_REFUSEE, ETAT_LIGNE_SANS_REPONSE}), std::nullopt);
  EXPECT_EQ(Issue({ETAT_LIGNE_REFUSEE, ETAT_LIGNE_ENGAGEE, ETAT_LIGNE_IRRECEVABLE}),
            Verbe::kProgrammer);
  EXPECT_EQ(Issue({ETAT_LIGNE_REFUSEE, ETAT_LIGNE_IRRECEVABLE}), Verbe::kRefuser);
  // Nobody waits for what is not asked any more.
  EXPECT_EQ(Issue({ETAT_LIGNE_RETIREE, ETAT_LIGNE_VOTEE}), Verbe::kProgrammer);
  EXPECT_EQ(Issue({ETAT_LIGNE_RETIREE, ETAT_LIGNE_REFUSEE}), Verbe::kRefuser);
  EXPECT_EQ(Issue({ETAT_LIGNE_RETIREE, ETAT_LIGNE_DEMANDEE}), std::nullopt);
}

class ConsequenceTest : public ::testing::Test {
 protected:
  ConsequenceTest() { action_.add_attestations()->set_budget_etag("3"); }
  // The verb that follows; "" where none does.
  std::string Suite(EtatAction etat, financement::v1::EtatLigne ligne, const char* budget) {
    action_.set_etat(etat);
    const auto consequence = ConsequenceDe(action_, {ligne}, std::string(budget));
    return consequence.has_value() ? std::string(ActeDe(consequence->verbe).methode) : "";
  }
  v1::Action action_;
};

TEST_F(ConsequenceTest, ADossierFollowsItsLinesWhileItIsJudged) {
  using enum financement::v1::EtatLigne;
  EXPECT_EQ(Suite(v1::ETAT_ACTION_EN_INSTRUCTION, ETAT_LIGNE_VOTEE, "3"), "ProgrammerAction");
  EXPECT_EQ(Suite(v1::ETAT_ACTION_EN_INSTRUCTION, ETAT_LIGNE_REFUSEE, "3"), "RefuserAction");
  EXPECT_EQ(Suite(v1::ETAT_ACTION_EN_INSTRUCTION, ETAT_LIGNE_PROPOSEE, "3"), "");
  for (EtatAction etat : {v1::ETAT_ACTION_DEPOSEE, v1::ETAT_ACTION_COMPLETE,
                          v1::ETAT_ACTION_AJOURNEE, v1::ETAT_ACTION_PROGRAMMEE})
    EXPECT_EQ(Suite(etat, ETAT_LIGNE_VOTEE, "3"), "") << NomDeLEtat(etat);
}

TEST_F(ConsequenceTest, ABudgetThatChangesAsksForAnAttestationWhereOneWasGiven) {
  using enum financement::v1::EtatLigne;
  for (EtatAction etat : {v1::ETAT_ACTION_DEPOSEE, v1::ETAT_ACTION_COMPLETE,
                          v1::ETAT_ACTION_EN_INSTRUCTION, v1::ETAT_ACTION_AJOURNEE})
    EXPECT_EQ(Suite(etat, ETAT_LIGNE_VOTEE, "4"), "UpdateAction") << NomDeLEtat(etat);
  // Being written again, or decided upon: nothing.
  for (EtatAction etat : {v1::ETAT_ACTION_EN_ATTENTE_ATTESTATION, v1::ETAT_ACTION_A_COMPLETER,
                          v1::ETAT_ACTION_PROGRAMMEE, v1::ETAT_ACTION_REFUSEE})
    EXPECT_EQ(Suite(etat, ETAT_LIGNE_VOTEE, "4"), "") << NomDeLEtat(etat);
  // An imported dossier was attested elsewhere.
  action_.clear_attestations();
  EXPECT_EQ(Suite(v1::ETAT_ACTION_EN_INSTRUCTION, ETAT_LIGNE_VOTEE, "4"), "ProgrammerAction");
}

TEST(DecisionTest, ADossierIsDecidedAsItsLinesAre) {
  for (int i = financement::v1::EtatLigne_MIN; i <= financement::v1::EtatLigne_MAX; ++i) {
    if (!financement::v1::EtatLigne_IsValid(i)) continue;
    const EtatLigne etat = static_cast<EtatLigne>(i);
    SCOPED_TRACE(EtatLigne_Name(etat));
    const bool votee = Issue({etat}) == Verbe::kProgrammer;
    EXPECT_EQ(Votee(etat), votee);
    const std::vector<LigneSuivie> lignes = {
        {"lignes/caf", "CAF", financement::v1::ETAT_LIGNE_DEMANDEE}, {"lignes/etat", "État", etat}};
    // One vote is enough: who did not answer holds nobody up.
    EXPECT_EQ(status::ReasonOf(VerifierDecision(Verbe::kProgrammer, lignes)),
              votee ? "" : "VOTE_ABSENT");
    for (Verbe verbe : {Verbe::kRefuser, Verbe::kDeclarerIrrecevable, Verbe::kAbandonner}) {
      const absl::Status decided = VerifierDecision(verbe, lignes);
      EXPECT_EQ(status::ReasonOf(decided), votee ? "LIGNE_VOTEE" : "");
      EXPECT_EQ(status::MetadataOf(decided, "lignes"), votee ? "lignes/etat" : "");
    }
    for (const Acte& acte : Actes()) {
      if (Tranche(acte.verbe)) continue;
      EXPECT_TRUE(VerifierDecision(acte.verbe, lignes).ok()) << acte.methode;
    }
  }
  EXPECT_EQ(status::ReasonOf(VerifierDecision(Verbe::kProgrammer, {})), "VOTE_ABSENT");
  EXPECT_TRUE(VerifierDecision(Verbe::kRefuser, {}).ok());
  EXPECT_EQ(VerifierDecision(Verbe::kRefuser,
                             {{"lignes/etat", "État", financement::v1::ETAT_LIGNE_VOTEE},
                              {"lignes/caf", "CAF", financement::v1::ETAT_LIGNE_ENGAGEE}})
                .message(),
            "Une action sur laquelle un financeur a voté ne peut pas être refusée (CAF, État).");
}

}  // namespace
}  // namespace pdv::actions
