#include "services/pdvctl/commandes/deposer.h"

#include "absl/strings/str_replace.h"
#include "gmock/gmock.h"
#include "pdv/actions/v1/action.pb.h"
#include "pdv/actions/v1/appel.pb.h"
#include "services/pdvctl/commandes/json_proto.h"
#include "services/pdvctl/commandes/modele.h"

namespace pdv::pdvctl {
namespace {

using ::testing::HasSubstr;

TEST(LireDossierTest, OneFileIsAnActionABudgetAndItsFunders) {
  const auto read =
      LireDossier(R"({"action": {"name": "actions/2024-cv110-0042", "intitule": "Danse"},
      "budget": {"lignes": [{"compte": "641", "montant_centimes": "100"}]},
      "lignes": [{"financeur": "financeurs/etat", "demande_specifiques_centimes": "100"}]})");
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_EQ(read->action_id(), "2024-cv110-0042");
  EXPECT_EQ(read->lignes_size(), 1);
  actions::v1::Action action;
  ASSERT_TRUE(read->action().UnpackTo(&action));
  EXPECT_EQ(action.intitule(), "Danse");
}

std::string Rempli(const ChoixModele& choix) {
  return absl::StrReplaceAll(ModeleDossier(choix), {{kARemplir, "danse"}});
}

TEST(LireDossierTest, TheModelTellsItsBlanksAndIsReadWithoutThem) {
  ChoixModele choix;
  choix.exercice = 2024;
  EXPECT_EQ(std::string(LireDossier(ModeleDossier(choix)).status().message()),
            "il reste à remplir action.contrat, action.intitule, action.objet, action.porteur, "
            "action.thematique");
  for (const char* appel : {"", "appels/herault-2024"}) {
    choix.appel = appel;
    const auto read = LireDossier(Rempli(choix));
    ASSERT_TRUE(read.ok()) << read.status();
    actions::v1::Action action;
    ASSERT_TRUE(read->action().UnpackTo(&action));
    EXPECT_EQ(read->action_id(), "") << "the service chooses it";
    EXPECT_EQ(action.appel(), appel);
    EXPECT_EQ(action.exercice(), 2024);
    EXPECT_EQ(action.date_fin().year(), 2024);
    EXPECT_EQ(action.porteur(), "porteurs/danse");
  }
}

// What is commented out is right too, once it is taken in.
TEST(LireDossierTest, TheModelHasNoWrongExample) {
  ChoixModele choix;
  choix.exercice = 2024;
  std::string model = Rempli(choix);
  const std::string kComment = "// \"";
  int examples = 0;
  for (size_t at; (at = model.find(kComment)) != std::string::npos; ++examples)
    model.erase(at, kComment.size() - 1);
  EXPECT_EQ(examples, 3);
  const auto read = LireDossier(model);
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_EQ(read->action_id(), "2024-numero-0001");
}

TEST(ModeleAppelTest, IsReadOnceItsBlanksAreFilled) {
  actions::v1::AppelAProjets appel;
  const absl::Status read =
      LireJson(absl::StrReplaceAll(ModeleAppel(2027), {{kARemplir, "danse"}}), &appel);
  ASSERT_TRUE(read.ok()) << read;
  EXPECT_EQ(appel.name(), "appels/danse-2027");
  EXPECT_EQ(appel.date_cloture().year(), 2026);
  EXPECT_EQ(appel.criteres_size(), 1);
}

TEST(LireDossierTest, SaysInFrenchWhatIsNotOne) {
  const std::pair<const char*, const char*> kFaux[] = {
      {"[]", "objet JSON"},
      {"{\"action\": {},\n\"budget\" {}}", "ligne 2"},
      {R"({"action": {}, "budget": {}})", "lignes"},
      {R"({"action": {}, "budget": {}, "lignes": [], "autre": 1})", "autre"},
      {R"({"action": {"intitulé": "x"}, "budget": {}, "lignes": []})", "action"}};
  for (const auto& [text, word] : kFaux)
    EXPECT_THAT(std::string(LireDossier(text).status().message()), HasSubstr(word)) << text;
}

}  // namespace
}  // namespace pdv::pdvctl
