#include "services/actions/domain/issue.h"

#include <map>
#include <string>

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
}

}  // namespace
}  // namespace pdv::actions
