#include "services/pdvctl/commandes/fichier_dossier.h"

#include "absl/strings/str_replace.h"
#include "gmock/gmock.h"
#include "pdv/actions/v1/action.pb.h"
#include "pdv/actions/v1/appel.pb.h"
#include "services/pdvctl/commandes/json_proto.h"
#include "services/pdvctl/commandes/modele.h"

namespace pdv::pdvctl {
namespace {

using ::testing::HasSubstr;
using ::testing::UnorderedElementsAre;

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
  EXPECT_EQ(examples, 5);
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

TEST(LireModificationTest, OnlyWhatTheFileGivesChanges) {
  const auto read = LireModification(R"({"action": {"name": "actions/a", "objet": "", "dateFin":
      {"year": 2024, "month": 7, "day": 7}, "etat": "ETAT_ACTION_SOLDEE", "etag": "7"}})",
                                     "actions/a");
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_THAT(read->action->update_mask().paths(),
              UnorderedElementsAre("objet", "date_fin"));  // emptied; and the service sets others
  EXPECT_EQ(read->action->action().name(), "actions/a");
  EXPECT_EQ(read->action->action().etag(), "7") << "nobody changed it meanwhile";
  EXPECT_FALSE(read->budget.has_value());
  EXPECT_TRUE(read->lignes.empty());
}

TEST(LireModificationTest, TheBudgetAndTheDemandsAreTheDossiers) {
  const auto read = LireModification(
      R"({"budget": {"lignes": [{"compte": "641", "montant_centimes": 100}]},
          "lignes": [{"financeur": "financeurs/etat", "demande_specifiques_centimes": 100}]})",
      "actions/a");
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_FALSE(read->action.has_value());
  EXPECT_EQ(read->budget->budget().name(), "budgets/a");
  EXPECT_THAT(read->budget->update_mask().paths(), UnorderedElementsAre("lignes"));
  EXPECT_EQ(read->lignes[0].action(), "actions/a");
}

TEST(LireModificationTest, TheFileOfADepositIsOne) {
  ChoixModele choix;
  choix.exercice = 2024;
  const auto read = LireModification(Rempli(choix), "actions/a");
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_TRUE(read->action && read->budget && read->lignes.size() == 1);
}

TEST(LireModificationTest, SaysInFrenchWhatIsNotOne) {
  const std::pair<const char*, const char*> kFaux[] = {
      {R"({"action": {"name": "actions/b", "objet": "x"}})", "celui de actions/b"},
      {R"({"action": {"name": "actions/a"}})", "ne change rien"},
      {R"({"action": ["x"]})", "action"},
      {R"({"action": {"objet": "A-REMPLIR"}})", "il reste à remplir action.objet"},
      {R"({"lignes": {}})", "une liste"},
      {R"({"lignes": [{"demande_specifiques_centimes": 1}]})", "à qui"},
      {R"({"lignes": [{"financeur": "financeurs/etat", "enveloppe": "enveloppes/e"}]})",
       "enveloppe revient au financeur"}};
  for (const auto& [text, word] : kFaux)
    EXPECT_THAT(std::string(LireModification(text, "actions/a").status().message()),
                HasSubstr(word))
        << text;
}

}  // namespace
}  // namespace pdv::pdvctl
