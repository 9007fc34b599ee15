#include "services/pdvctl/commandes/complements.h"

#include "gmock/gmock.h"

namespace pdv::pdvctl {
namespace {

using ::testing::HasSubstr;

std::vector<actions::v1::Complement> Ouverts(const std::vector<int>& numeros) {
  std::vector<actions::v1::Complement> open;
  for (const int number : numeros) {
    open.emplace_back().set_name("actions/a/complements/" + std::to_string(number));
    open.back().set_objet("objet " + std::to_string(number));
  }
  return open;
}

std::string Refus(const std::vector<int>& ouverts, const std::vector<std::string>& textes) {
  return std::string(LireReponses(Ouverts(ouverts), textes).status().message());
}

TEST(LireDemandesTest, ChaqueObjetEstUneDemandeAvecSonChamp) {
  const auto asked = LireDemandes({"le RIB", "la durée"}, {"-", "date_fin"});
  ASSERT_TRUE(asked.ok()) << asked.status();
  EXPECT_EQ((*asked)[0].objet(), "le RIB");
  EXPECT_EQ((*asked)[0].champ(), "");
  EXPECT_EQ((*asked)[1].champ(), "date_fin");
  EXPECT_EQ(LireDemandes({"le RIB", "la durée"}, {})->size(), 2u);
}

TEST(LireDemandesTest, UnChampQuiNEstDAucunObjetEstRefuse) {
  EXPECT_THAT(std::string(LireDemandes({}, {}).status().message()), HasSubstr("--objet"));
  EXPECT_THAT(std::string(LireDemandes({"le RIB", "la durée"}, {"date_fin"}).status().message()),
              HasSubstr("autant de fois"));
}

TEST(LireReponsesTest, ChacunASaReponseParSonNumero) {
  const auto answers = LireReponses(Ouverts({2, 10}), {"10=Oui = non", " 2 = Deux animatrices "});
  ASSERT_TRUE(answers.ok()) << answers.status();
  EXPECT_EQ((*answers)[0].complement(), "actions/a/complements/2");
  EXPECT_EQ((*answers)[0].texte(), "Deux animatrices");
  EXPECT_EQ((*answers)[1].complement(), "actions/a/complements/10");
  EXPECT_EQ((*answers)[1].texte(), "Oui = non");
}

TEST(LireReponsesTest, UnSeulNAPasBesoinDeNumero) {
  EXPECT_EQ(LireReponses(Ouverts({3}), {"Deux animatrices"})->front().complement(),
            "actions/a/complements/3");
  EXPECT_EQ(LireReponses(Ouverts({3}), {"tarif = 2 €"})->front().texte(), "tarif = 2 €");
}

TEST(LireReponsesTest, CeQuiNeRepondPasATousUneFoisEstRefuse) {
  const std::string kAttendus = "En attente : 1 (objet 1), 2 (objet 2)";
  EXPECT_THAT(Refus({1, 2}, {"Voir l'objet"}), HasSubstr("ne dit pas à quoi il répond"));
  EXPECT_THAT(Refus({1, 2}, {"Voir l'objet"}), HasSubstr(kAttendus));
  EXPECT_THAT(Refus({1, 2}, {}), HasSubstr("il manque la réponse à : 1 (objet 1), 2 (objet 2)"));
  EXPECT_THAT(Refus({1, 2}, {"1=a", "2=b", "3=c"}), HasSubstr("3 n'attend pas de réponse"));
  EXPECT_THAT(Refus({1, 2}, {"1=a", "1=b"}), HasSubstr("1 a deux réponses"));
  EXPECT_THAT(Refus({1, 2}, {"1=a", "2="}), HasSubstr("2 est vide"));
  EXPECT_THAT(Refus({1, 2}, {"1=a"}), HasSubstr("il manque la réponse à : 2 (objet 2)"));
  EXPECT_THAT(Refus({}, {"1=a"}), HasSubstr("aucun complément n'attend"));
}

TEST(ParNumeroTest, DixVientApresDeux) {
  EXPECT_EQ(NumeroDe(ParNumero(Ouverts({10, 2})).front()), "2");
}

}  // namespace
}  // namespace pdv::pdvctl
