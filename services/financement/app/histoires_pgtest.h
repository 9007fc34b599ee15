#ifndef PDV_SERVICES_FINANCEMENT_APP_HISTOIRES_PGTEST_H_
#define PDV_SERVICES_FINANCEMENT_APP_HISTOIRES_PGTEST_H_

#include <rapidcheck.h>

#include <cstdlib>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "services/financement/app/monde_pgtest.h"

// Random histories, for the properties that are told of them.
namespace pdv::financement::modele {

inline bool Longues() {
  const char* wanted = std::getenv("PDV_HISTOIRES");
  return wanted != nullptr && std::string_view(wanted) == "longues";
}

// Verbs of lines more often than those of envelopes, and what leads a line to its payment more
// often than what ends it; a sixth of the lines have most of a life. Amounts that envelopes can
// often, not always, pay. Those of a history bear on the first `lignes` lines: few, they meet;
// many, they last. Of `gestes` kinds, the first ones.
inline rc::Gen<Acte> UnActe(int lignes, int gestes) {
  std::vector<Geste> frequents{Geste::kCreer,   Geste::kProposer, Geste::kVoter,
                               Geste::kEngager, Geste::kEngager,  Geste::kVerser,
                               Geste::kVerser,  Geste::kDeleguer, Geste::kReprendre};
  if (gestes > static_cast<int>(Geste::kImporter))
    frequents.insert(frequents.end(), 6, Geste::kImporter);
  return rc::gen::build<Acte>(
      rc::gen::set(&Acte::geste,
                   rc::gen::oneOf(rc::gen::inRange(0, kDesLignes), rc::gen::inRange(0, gestes),
                                  rc::gen::map(rc::gen::elementOf(frequents),
                                               [](Geste g) { return static_cast<int>(g); }))),
      rc::gen::set(&Acte::ligne,
                   rc::gen::oneOf(rc::gen::inRange(0, lignes), rc::gen::inRange(0, lignes / 6))),
      rc::gen::set(&Acte::enveloppe, rc::gen::inRange(0, kEnveloppes)),
      rc::gen::set(&Acte::autre, rc::gen::inRange(0, kEnveloppes)),
      rc::gen::set(&Acte::commun, rc::gen::element(0, 0, 0, 0, 0, 1, 700)),
      rc::gen::set(&Acte::specifiques,
                   rc::gen::oneOf(rc::gen::inRange(0, 2'500), rc::gen::element(100, 150),
                                  rc::gen::element(0, 100, 500, 12'000))),
      rc::gen::set(&Acte::item_par_item, rc::gen::arbitrary<bool>()));
}

// What every history begins with: money down the tree, and lines to decide on every envelope.
inline std::vector<Acte> Prologue(int lignes) {
  std::vector<Acte> actes;
  auto deleguer = [&](int parent, int enfant, int cents) {
    actes.push_back({static_cast<int>(Geste::kDeleguer), 0, parent, enfant, 0, cents, false});
  };
  deleguer(0, 1, 40'000);
  deleguer(1, 2, 20'000);
  deleguer(1, 3, 10'000);
  for (int ligne = 0; ligne < lignes - 2; ++ligne)
    actes.push_back({static_cast<int>(Geste::kCreer), ligne, ligne % 7, 0, 100, 900, false});
  return actes;
}

// Plays it on both, one after the other.
inline void Commencer(Monde& monde, Modele& modele, int lignes) {
  for (const Acte& acte : Prologue(lignes)) {
    int64_t reste = -1;
    RC_ASSERT(modele.Jouer(acte, &reste) == "");
    RC_ASSERT(monde.Jouer(acte, "").raison == "");
  }
}

inline constexpr int kPeu = 24;  // lines of a history that one client plays

class Silence : public rc::detail::TestListener {
 public:
  void onTestCaseFinished(const rc::detail::CaseDescription&) override {}
  void onShrinkTried(const rc::detail::CaseDescription&, bool) override {}
  void onTestFinished(const rc::detail::TestMetadata&, const rc::detail::TestResult&) override {}
};

// `histories` histories of at most `length` acts on so many lines.
template <class Property>
void Verifier(int histories, int length, int lignes, int gestes, Property property) {
  const auto& configuration = rc::detail::configuration();
  rc::detail::TestParams params = configuration.testParams;
  params.maxSuccess = histories;
  params.maxSize = length;
  rc::detail::TestMetadata metadata;
  const auto* info = ::testing::UnitTest::GetInstance()->current_test_info();
  metadata.id = std::string(info->test_suite_name()) + "/" + info->name();
  Silence silence;
  const auto result = rc::detail::checkProperty(
      rc::detail::toProperty([&] {
        property(*rc::gen::resize(length,
                                  rc::gen::container<std::vector<Acte>>(UnActe(lignes, gestes))));
      }),
      metadata, params, silence, configuration.reproduce);
  std::ostringstream told;
  rc::detail::printResultMessage(result, told);
  EXPECT_TRUE(result.template is<rc::detail::SuccessResult>()) << told.str();
}

}  // namespace pdv::financement::modele

#endif  // PDV_SERVICES_FINANCEMENT_APP_HISTOIRES_PGTEST_H_
