#include "services/financement/domain/imports.h"

#include "common/status/error.h"
#include "gmock/gmock.h"

namespace pdv::financement {
namespace {

// A line of crédits spécifiques: asked, proposed, voted, committed and paid, in cents.
struct Montants {
  int64_t demande, propose = 0, vote = 0, engage = 0, paye = 0;
};

v1::Ligne Ligne(const Montants& m, v1::EtatLigne etat, const char* source = "a.csv") {
  v1::Ligne ligne;
  ligne.set_name("lignes/l");
  ligne.set_demande_specifiques_centimes(m.demande);
  ligne.set_propose_specifiques_centimes(m.propose);
  ligne.set_vote_specifiques_centimes(m.vote);
  ligne.set_engage_specifiques_centimes(m.engage);
  ligne.set_paye_specifiques_centimes(m.paye);
  ligne.set_etat(etat);
  ligne.set_source(source);
  return ligne;
}

struct Cas {
  const char* quoi;
  v1::EtatLigne etat;
  v1::EtatLigne ici;  // etape_decidee
  Montants tenus, lus;
  const char* source;
  v1::EtatLigne vers;  // UNSPECIFIED: LIGNE_DECIDEE
};

constexpr v1::EtatLigne kRien = v1::ETAT_LIGNE_UNSPECIFIED;

const Cas kCas[] = {
    {"a demand is restated",
     v1::ETAT_LIGNE_DEMANDEE,
     kRien,
     {10},
     {12},
     "b.csv",
     v1::ETAT_LIGNE_DEMANDEE},
    {"once taken up, it stays so",
     v1::ETAT_LIGNE_PRISE_EN_CHARGE,
     kRien,
     {10},
     {12},
     "a.csv",
     v1::ETAT_LIGNE_PRISE_EN_CHARGE},
    {"once admissible",
     v1::ETAT_LIGNE_RECEVABLE,
     kRien,
     {10},
     {12},
     "a.csv",
     v1::ETAT_LIGNE_RECEVABLE},
    {"without an answer",
     v1::ETAT_LIGNE_SANS_REPONSE,
     kRien,
     {10},
     {12},
     "a.csv",
     v1::ETAT_LIGNE_SANS_REPONSE},
    {"a vote ends the silence",
     v1::ETAT_LIGNE_SANS_REPONSE,
     kRien,
     {10},
     {10, 0, 8},
     "a.csv",
     v1::ETAT_LIGNE_VOTEE},
    {"not admissible is final", v1::ETAT_LIGNE_IRRECEVABLE, kRien, {10}, {12}, "a.csv", kRien},
    {"even for a vote", v1::ETAT_LIGNE_IRRECEVABLE, kRien, {10}, {10, 0, 8}, "a.csv", kRien},
    {"refused is final", v1::ETAT_LIGNE_REFUSEE, kRien, {10}, {10, 0, 8}, "a.csv", kRien},
    {"whatever is told of it", v1::ETAT_LIGNE_REFUSEE, kRien, {10}, {10}, "b.csv", kRien},
    {"its source corrects a vote",
     v1::ETAT_LIGNE_VOTEE,
     kRien,
     {10, 0, 8},
     {10, 0, 9},
     "a.csv",
     v1::ETAT_LIGNE_VOTEE},
    {"another does not", v1::ETAT_LIGNE_VOTEE, kRien, {10, 0, 8}, {10, 0, 9}, "b.csv", kRien},
    {"what was told to the porteur stays told",
     v1::ETAT_LIGNE_NOTIFIEE,
     kRien,
     {10, 0, 8},
     {10, 0, 9},
     "a.csv",
     v1::ETAT_LIGNE_NOTIFIEE},
    {"a register goes forward",
     v1::ETAT_LIGNE_NOTIFIEE,
     kRien,
     {10, 0, 8},
     {10, 0, 8, 8, 3},
     "a.csv",
     v1::ETAT_LIGNE_VERSEE},
    {"and not back", v1::ETAT_LIGNE_VERSEE, kRien, {10, 0, 8, 8, 3}, {10, 0, 8}, "a.csv", kRien},
    {"a proposal is not taken back", v1::ETAT_LIGNE_PROPOSEE, kRien, {10, 9}, {10}, "a.csv", kRien},
    {"what was voted here stays",
     v1::ETAT_LIGNE_VOTEE,
     v1::ETAT_LIGNE_VOTEE,
     {10, 0, 8},
     {10, 0, 7},
     "a.csv",
     kRien},
    {"whatever is told beyond it",
     v1::ETAT_LIGNE_VOTEE,
     v1::ETAT_LIGNE_VOTEE,
     {10, 0, 8},
     {10, 0, 7, 7},
     "a.csv",
     kRien},
    {"what follows a vote of here is told",
     v1::ETAT_LIGNE_VOTEE,
     v1::ETAT_LIGNE_VOTEE,
     {10, 0, 8},
     {10, 0, 8, 8},
     "a.csv",
     v1::ETAT_LIGNE_ENGAGEE},
    {"a proposal of here does not stop a vote",
     v1::ETAT_LIGNE_PROPOSEE,
     v1::ETAT_LIGNE_PROPOSEE,
     {10, 9},
     {10, 9, 8},
     "a.csv",
     v1::ETAT_LIGNE_VOTEE},
    {"but is not restated",
     v1::ETAT_LIGNE_PROPOSEE,
     v1::ETAT_LIGNE_PROPOSEE,
     {10, 9},
     {10, 8},
     "a.csv",
     kRien},
    {"nor is what it answered",
     v1::ETAT_LIGNE_PROPOSEE,
     v1::ETAT_LIGNE_PROPOSEE,
     {10, 9},
     {11, 9},
     "a.csv",
     kRien},
};

TEST(ImportsTest, NoImportTakesADecisionBack) {
  for (const Cas& cas : kCas) {
    v1::Ligne before = Ligne(cas.tenus, cas.etat);
    before.set_etape_decidee(cas.ici);
    v1::Ligne after = Ligne(cas.lus, cas.etat, cas.source);
    after.set_etape_decidee(cas.ici);
    const absl::Status status = ReprendreImport(&before, after);
    if (cas.vers == kRien) {
      EXPECT_EQ(status::ReasonOf(status), "LIGNE_DECIDEE") << cas.quoi;
    } else {
      EXPECT_TRUE(status.ok()) << cas.quoi << ": " << status;
      EXPECT_EQ(after.etat(), cas.vers) << cas.quoi;
    }
  }
}

TEST(ImportsTest, ANewLineArrivesAtTheStageThatItsAmountsTell) {
  v1::Ligne paid = Ligne({10, 9, 8, 8, 3}, v1::ETAT_LIGNE_UNSPECIFIED);
  ASSERT_TRUE(ReprendreImport(nullptr, paid).ok());
  EXPECT_EQ(paid.etat(), v1::ETAT_LIGNE_VERSEE);
}

// Else a second source would first name itself, then correct; or have its envelope pay.
TEST(ImportsTest, AnotherSourceTouchesNoFactOfADecidedLine) {
  v1::Ligne before = Ligne({10, 0, 8}, v1::ETAT_LIGNE_VOTEE);
  before.mutable_vote_le()->set_year(2025);
  v1::Ligne after = Ligne({10, 0, 8}, v1::ETAT_LIGNE_VOTEE, "b.csv");
  after.set_enveloppe("enveloppes/e");
  after.set_ej("X");
  after.mutable_vote_le()->set_year(2020);
  after.mutable_demande_le()->set_year(2020);
  ASSERT_TRUE(ReprendreImport(&before, after).ok());
  EXPECT_EQ(after.DebugString(), before.DebugString());
}

// A register that knows the amounts and not the rest erases nothing.
TEST(ImportsTest, ItsOwnSourceDoesNotTakeAwayWhatAVerbTold) {
  v1::Ligne before = Ligne({10, 0, 8, 8}, v1::ETAT_LIGNE_ENGAGEE);
  before.set_etape_decidee(v1::ETAT_LIGNE_ENGAGEE);
  before.set_ej("2101234567");
  before.mutable_vote_le()->set_year(2025);
  v1::Ligne after = Ligne({10, 0, 8, 8, 3}, v1::ETAT_LIGNE_ENGAGEE);
  after.set_etape_decidee(v1::ETAT_LIGNE_ENGAGEE);
  ASSERT_TRUE(ReprendreImport(&before, after).ok());
  EXPECT_EQ(after.etat(), v1::ETAT_LIGNE_VERSEE);
  EXPECT_EQ(after.ej(), "2101234567");
  EXPECT_EQ(after.vote_le().year(), 2025);
}

TEST(ImportsTest, ItsOwnSourceSaysWhatItDidNotSay) {
  const v1::Ligne before = Ligne({10, 0, 8}, v1::ETAT_LIGNE_VOTEE);
  v1::Ligne after = Ligne({10, 0, 8}, v1::ETAT_LIGNE_VOTEE);
  after.mutable_vote_le()->set_year(2025);
  ASSERT_TRUE(ReprendreImport(&before, after).ok());
  EXPECT_EQ(after.vote_le().year(), 2025);
}

TEST(ImportsTest, ADemandThatIsToldToBeNothingIsWithdrawnAndMayComeBack) {
  v1::Ligne before = Ligne({10}, v1::ETAT_LIGNE_PRISE_EN_CHARGE);
  v1::Ligne after = Ligne({0}, v1::ETAT_LIGNE_PRISE_EN_CHARGE);
  ASSERT_TRUE(ReprendreImport(&before, after).ok());
  EXPECT_EQ(after.etat(), v1::ETAT_LIGNE_RETIREE);
  before = after;
  after = Ligne({10}, v1::ETAT_LIGNE_RETIREE);
  ASSERT_TRUE(ReprendreImport(&before, after).ok());
  EXPECT_EQ(after.etat(), v1::ETAT_LIGNE_DEMANDEE);
  after = Ligne({10, 0, 8}, v1::ETAT_LIGNE_RETIREE);
  ASSERT_TRUE(ReprendreImport(&before, after).ok());
  EXPECT_EQ(after.etat(), v1::ETAT_LIGNE_VOTEE);
}

TEST(ImportsTest, TheEnvelopeOfADecisionOfHereStays) {
  v1::Ligne before = Ligne({10, 0, 8}, v1::ETAT_LIGNE_VOTEE);
  before.set_etape_decidee(v1::ETAT_LIGNE_VOTEE);
  v1::Ligne after = before;
  after.set_enveloppe("enveloppes/e");
  EXPECT_EQ(status::ReasonOf(ReprendreImport(&before, after)), "LIGNE_DECIDEE");
}

}  // namespace
}  // namespace pdv::financement
