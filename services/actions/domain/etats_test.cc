#include "services/actions/domain/etats.h"

#include <map>
#include <set>

#include "common/status/error.h"
#include "gtest/gtest.h"

namespace pdv::actions {
namespace {

constexpr Verbe kVerbes[] = {Verbe::kDeposer,  Verbe::kInstruire,
                             Verbe::kProgrammer, Verbe::kRefuser,
                             Verbe::kAjourner, Verbe::kDeclarerIrrecevable,
                             Verbe::kAbandonner};

TEST(TransitionTest, EveryStateAndVerbIsWalked) {
  std::map<std::pair<int, Verbe>, int> legal;
  for (const Etape& etape : Etapes())
    EXPECT_TRUE(legal.emplace(std::pair(etape.de, etape.verbe), etape.vers).second)
        << "two ends for one step";
  for (int de = 0; de <= v1::EtatAction_MAX; ++de) {
    for (Verbe verbe : kVerbes) {
      const auto vers = Transition(static_cast<EtatAction>(de), verbe);
      const auto expected = legal.find({de, verbe});
      ASSERT_EQ(vers.ok(), expected != legal.end()) << de;
      if (vers.ok()) {
        EXPECT_EQ(*vers, expected->second);
      } else {
        EXPECT_EQ(status::ReasonOf(vers.status()), "TRANSITION_INTERDITE");
      }
    }
  }
}

TEST(TransitionTest, AnEndIsAnEnd) {
  for (EtatAction end : {v1::ETAT_ACTION_IRRECEVABLE, v1::ETAT_ACTION_REFUSEE,
                         v1::ETAT_ACTION_ABANDONNEE, v1::ETAT_ACTION_SOLDEE}) {
    for (Verbe verbe : kVerbes) EXPECT_FALSE(Transition(end, verbe).ok());
  }
}

TEST(TransitionTest, ADraftReachesTheProgrammationThroughInstruction) {
  EtatAction etat = v1::ETAT_ACTION_BROUILLON;
  for (Verbe verbe : {Verbe::kDeposer, Verbe::kInstruire, Verbe::kAjourner, Verbe::kProgrammer})
    etat = *Transition(etat, verbe);
  EXPECT_EQ(etat, v1::ETAT_ACTION_PROGRAMMEE);
}

}  // namespace
}  // namespace pdv::actions
