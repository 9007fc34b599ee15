#include "services/pdvctl/importation/lot.h"

#include <gmock/gmock.h>

#include "pdv/actions/v1/action.pb.h"

namespace pdv::pdvctl {
namespace {

using ::testing::ElementsAre;
using Messages = std::vector<std::shared_ptr<google::protobuf::Message>>;

std::shared_ptr<actions::v1::Action> Action(const std::string& name, const std::string& porteur) {
  auto action = std::make_shared<actions::v1::Action>();
  action->set_name(name);
  action->set_porteur(porteur);
  return action;
}

Envoye Refuse(const Messages& tous, const char* raison) {
  Envoye envoye;
  envoye.rapport.set_rejetes(static_cast<int64_t>(tous.size()));
  for (size_t i = 0; i < tous.size(); ++i) {
    auto& constat = envoye.rejets[static_cast<int64_t>(i)];
    constat.set_name(ValeurDuChamp(*tous[i], "name"));
    constat.set_champ("porteur");
    constat.set_raison(raison);
  }
  return envoye;
}

TEST(SupposerTest, CeQueLePassageCreeraitNeManquePas) {
  const Messages tous = {Action("actions/a", "porteurs/neuf"),
                         Action("actions/b", "porteurs/absent")};
  Envoye envoye = Refuse(tous, "REFERENCE_INCONNUE");
  Supposer(tous, {"porteurs/neuf"}, &envoye);
  EXPECT_THAT(envoye.supposes, ElementsAre(0));
  EXPECT_EQ(envoye.rapport.crees(), 1);
  EXPECT_EQ(envoye.rapport.rejetes(), 1);
  ASSERT_TRUE(envoye.rejets.contains(1));
  std::set<std::string> pris;
  Retenir(tous, envoye, &pris);
  EXPECT_THAT(pris, ElementsAre("actions/a")) << "un refus reste un refus pour la suite";
}

TEST(SupposerTest, UneAutreRaisonResteUnRefus) {
  const Messages tous = {Action("actions/a", "porteurs/neuf")};
  Envoye envoye = Refuse(tous, "CHAMP_OBLIGATOIRE");
  Supposer(tous, {"porteurs/neuf"}, &envoye);
  EXPECT_TRUE(envoye.supposes.empty());
  EXPECT_EQ(envoye.rapport.rejetes(), 1);
}

TEST(RefusTest, LaReferenceQuiManqueEstCitee) {
  const Messages tous = {Action("actions/a", "porteurs/absent")};
  const Envoye inconnue = Refuse(tous, "REFERENCE_INCONNUE"), autre = Refuse(tous, "ETAT_INTERDIT");
  EXPECT_EQ(Refus(3, inconnue.rejets.at(0), *tous[0]).valeur, "porteurs/absent");
  EXPECT_EQ(Refus(3, autre.rejets.at(0), *tous[0]).valeur, "actions/a");
}

}  // namespace
}  // namespace pdv::pdvctl
