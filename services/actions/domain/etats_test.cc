#include "services/actions/domain/etats.h"

#include <iterator>
#include <string>
#include <string_view>

#include "common/status/error.h"
#include "gtest/gtest.h"

namespace pdv::actions {
namespace {

constexpr Verbe kVerbes[] = {Verbe::kDeposer,   Verbe::kInstruire, Verbe::kProgrammer,
                             Verbe::kRefuser,   Verbe::kAjourner,  Verbe::kDeclarerIrrecevable,
                             Verbe::kAbandonner};

// The whole life, written again by hand: a row per state, a column per verb, in the order of
// kVerbes. A dot is forbidden.
struct Ligne {
  const char* etat;
  const char* vers[std::size(kVerbes)];
};
constexpr Ligne kVie[] = {
    // déposer    instruire         programmer   refuser    ajourner    irrecevable    abandonner
    {"BROUILLON", {"DEPOSEE", ".", ".", ".", ".", ".", "ABANDONNEE"}},
    {"EN_ATTENTE_ATTESTATION", {".", ".", ".", ".", ".", ".", "ABANDONNEE"}},
    {"DEPOSEE", {".", "EN_INSTRUCTION", ".", ".", ".", "IRRECEVABLE", "ABANDONNEE"}},
    {"A_COMPLETER", {".", ".", ".", ".", ".", ".", "ABANDONNEE"}},
    {"COMPLETE", {".", "EN_INSTRUCTION", ".", ".", ".", "IRRECEVABLE", "ABANDONNEE"}},
    {"EN_INSTRUCTION",
     {".", ".", "PROGRAMMEE", "REFUSEE", "AJOURNEE", "IRRECEVABLE", "ABANDONNEE"}},
    {"AJOURNEE", {".", ".", "PROGRAMMEE", "REFUSEE", ".", ".", "ABANDONNEE"}},
    {"UNSPECIFIED", {".", ".", ".", ".", ".", ".", "."}},
    {"PROGRAMMEE", {".", ".", ".", ".", ".", ".", "."}},
    {"EN_COURS", {".", ".", ".", ".", ".", ".", "."}},
    {"REALISEE", {".", ".", ".", ".", ".", ".", "."}},
    {"JUSTIFIEE", {".", ".", ".", ".", ".", ".", "."}},
    {"SOLDEE", {".", ".", ".", ".", ".", ".", "."}},
    {"IRRECEVABLE", {".", ".", ".", ".", ".", ".", "."}},
    {"REFUSEE", {".", ".", ".", ".", ".", ".", "."}},
    {"ABANDONNEE", {".", ".", ".", ".", ".", ".", "."}},
    {"NON_REALISEE", {".", ".", ".", ".", ".", ".", "."}},
};

EtatAction Etat(std::string_view name) {
  EtatAction etat;
  EXPECT_TRUE(v1::EtatAction_Parse("ETAT_ACTION_" + std::string(name), &etat)) << name;
  return etat;
}

TEST(TransitionTest, EveryStateAndVerbIsWalked) {
  EXPECT_EQ(std::size(kVie), static_cast<size_t>(v1::EtatAction_ARRAYSIZE));
  size_t legal = 0;
  for (const Ligne& ligne : kVie) {
    for (size_t i = 0; i < std::size(kVerbes); ++i) {
      const auto vers = Transition(Etat(ligne.etat), kVerbes[i]);
      if (std::string_view(ligne.vers[i]) == ".") {
        EXPECT_EQ(status::ReasonOf(vers.status()), "TRANSITION_INTERDITE") << ligne.etat << i;
        EXPECT_EQ(status::MetadataOf(vers.status(), "etat"), ligne.etat);
      } else {
        ++legal;
        ASSERT_TRUE(vers.ok()) << ligne.etat << i;
        EXPECT_EQ(*vers, Etat(ligne.vers[i])) << ligne.etat << i;
      }
    }
  }
  EXPECT_EQ(legal, Etapes().size());
}

TEST(TransitionTest, AnEndIsAnEnd) {
  for (EtatAction end :
       {v1::ETAT_ACTION_IRRECEVABLE, v1::ETAT_ACTION_REFUSEE, v1::ETAT_ACTION_ABANDONNEE,
        v1::ETAT_ACTION_SOLDEE, v1::ETAT_ACTION_NON_REALISEE}) {
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
