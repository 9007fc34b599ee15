#include "services/pdvctl/commandes/deposer.h"

#include "gmock/gmock.h"
#include "pdv/actions/v1/action.pb.h"

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

TEST(LireDossierTest, SaysInFrenchWhatIsNotOne) {
  const std::pair<const char*, const char*> kFaux[] = {
      {"[]", "objet JSON"},
      {R"({"action": {}, "budget": {}})", "lignes"},
      {R"({"action": {}, "budget": {}, "lignes": [], "autre": 1})", "autre"},
      {R"({"action": {"intitulé": "x"}, "budget": {}, "lignes": []})", "action"}};
  for (const auto& [text, word] : kFaux)
    EXPECT_THAT(std::string(LireDossier(text).status().message()), HasSubstr(word)) << text;
}

}  // namespace
}  // namespace pdv::pdvctl
