#include "services/actions/domain/etats.h"

#include <iterator>
#include <set>
#include <string>
#include <string_view>

#include "common/status/error.h"
#include "gtest/gtest.h"
#include "pdv/actions/v1/actions.pb.h"
#include "pdv/commun/options/v1/options.pb.h"

namespace pdv::actions {
namespace {

TEST(TransitionTest, AnEndIsAnEnd) {
  for (EtatAction end :
       {v1::ETAT_ACTION_IRRECEVABLE, v1::ETAT_ACTION_REFUSEE, v1::ETAT_ACTION_ABANDONNEE,
        v1::ETAT_ACTION_SOLDEE, v1::ETAT_ACTION_NON_REALISEE}) {
    for (const Acte& acte : Actes()) {
      const auto vers = Transition(end, acte.verbe);
      EXPECT_EQ(status::ReasonOf(vers.status()), "TRANSITION_INTERDITE");
      EXPECT_EQ(status::MetadataOf(vers.status(), "etat"), NomDeLEtat(end));
    }
  }
}

TEST(TransitionTest, EveryStepIsWrittenOnce) {
  std::set<std::pair<EtatAction, Verbe>> seen;
  for (const Etape& etape : Etapes()) {
    EXPECT_TRUE(seen.emplace(etape.de, etape.verbe).second) << NomDeLEtat(etape.de);
    const auto vers = Transition(etape.de, etape.verbe);
    ASSERT_TRUE(vers.ok());
    EXPECT_EQ(*vers, etape.vers);
  }
}

TEST(TransitionTest, ADraftReachesTheProgrammationThroughAttestationAndInstruction) {
  EtatAction etat = v1::ETAT_ACTION_BROUILLON;
  for (Verbe verbe : {Verbe::kSoumettre, Verbe::kAttester, Verbe::kDemanderComplements,
                      Verbe::kRepondre, Verbe::kAttester, Verbe::kDeclarerComplete,
                      Verbe::kInstruire, Verbe::kAjourner, Verbe::kReprendre, Verbe::kProgrammer})
    etat = *Transition(etat, verbe);
  EXPECT_EQ(etat, v1::ETAT_ACTION_PROGRAMMEE);
}

// A dossier that went past its signataire only comes back there by an attestation.
TEST(TransitionTest, NothingIsFiledWithoutAnAttestation) {
  for (const Etape& etape : Etapes()) {
    if (etape.vers == v1::ETAT_ACTION_DEPOSEE) {
      EXPECT_EQ(etape.verbe, Verbe::kAttester);
      EXPECT_EQ(etape.de, v1::ETAT_ACTION_EN_ATTENTE_ATTESTATION);
    }
  }
}

TEST(TransitionTest, ADossierThatWaitsForItsSignataireIsInadmissibleOnceItWasFiled) {
  v1::Action action;
  action.set_etat(v1::ETAT_ACTION_EN_ATTENTE_ATTESTATION);
  const auto never = Transition(action, Verbe::kDeclarerIrrecevable);
  EXPECT_EQ(status::ReasonOf(never.status()), "TRANSITION_INTERDITE");
  EXPECT_TRUE(Transition(action, Verbe::kAttester).ok());
  action.mutable_depot_time()->set_seconds(1);
  const auto filed = Transition(action, Verbe::kDeclarerIrrecevable);
  ASSERT_TRUE(filed.ok());
  EXPECT_EQ(*filed, v1::ETAT_ACTION_IRRECEVABLE);
}

TEST(TransitionTest, ARefusalIsSaidInFrench) {
  std::set<std::string_view> names;
  for (int etat = v1::ETAT_ACTION_UNSPECIFIED; etat < v1::EtatAction_ARRAYSIZE; ++etat) {
    EXPECT_TRUE(names.insert(EtatEnClair(static_cast<EtatAction>(etat))).second) << etat;
  }
  const auto refused = Transition(v1::ETAT_ACTION_EN_ATTENTE_ATTESTATION, Verbe::kProgrammer);
  EXPECT_EQ(refused.status().message(),
            "Une action en attente d'attestation ne peut pas être programmée.");
  EXPECT_EQ(status::MetadataOf(refused.status(), "etat"), "EN_ATTENTE_ATTESTATION");
}

TEST(ActesTest, StandInTheOrderOfTheVerbs) {
  for (const Acte& acte : Actes()) EXPECT_EQ(&ActeDe(acte.verbe), &acte) << acte.methode;
}

TEST(ActesTest, TheContractWithTheWorldNamesTheSameRoles) {
  const auto* service =
      v1::Action::descriptor()->file()->pool()->FindServiceByName("pdv.actions.v1.ActionsService");
  ASSERT_NE(service, nullptr);
  for (const Acte& acte : Actes()) {
    const auto* method = service->FindMethodByName(std::string(acte.methode));
    ASSERT_NE(method, nullptr) << acte.methode;
    const auto& options = method->options().GetExtension(commun::options::v1::method);
    std::set<std::string> here;
    for (std::string_view role : acte.roles) {
      if (!role.empty()) here.emplace(role);
    }
    EXPECT_EQ(std::set<std::string>(options.roles().begin(), options.roles().end()), here)
        << acte.methode;
  }
}

}  // namespace
}  // namespace pdv::actions
