#include "common/types/identifiants.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace pdv::types {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

TEST(NettoyerSiretTest, ASoundOneIsLeftAlone) {
  const auto read = NettoyerSiret("77554402601284");
  ASSERT_TRUE(read.ok());
  EXPECT_EQ(read->valeur, "77554402601284");
  EXPECT_TRUE(read->reparations.empty());
}

TEST(NettoyerSiretTest, ARepairIsNamedAndProvenByTheKeys) {
  const struct {
    const char *text, *siret, *repair;
  } cases[] = {
      {"82 212 742 900 014", "82212742900014", "espaces retirées"},
      {"775\u00A0544\u202F026 01284", "77554402601284", "espaces retirées"},
      {"'77554402601284", "77554402601284", "apostrophe retirée"},
      {"77554402601284\u2019", "77554402601284", "apostrophe retirée"},
      {"77554402601284.0", "77554402601284", "« .0 » ajouté par un tableur retiré"},
      {"77554402601284,00", "77554402601284", "« .0 » ajouté par un tableur retiré"},
      {"4.9242487400021E+13", "49242487400021",
       "notation scientifique dépliée, tous ses chiffres y sont"},
      {"4,9242487400021e13", "49242487400021",
       "notation scientifique dépliée, tous ses chiffres y sont"},
      {"5520176800011", "05520176800011", "zéro de tête rendu"},
  };
  for (const auto& each : cases) {
    const auto read = NettoyerSiret(each.text);
    ASSERT_TRUE(read.ok()) << read.status();
    EXPECT_EQ(read->valeur, each.siret) << each.text;
    EXPECT_THAT(read->reparations, ElementsAre(each.repair)) << each.text;
  }
}

TEST(NettoyerSiretTest, SeveralRepairsAreAllNamed) {
  const auto read = NettoyerSiret(" 5 520 176 800 011.0' ");
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_EQ(read->valeur, "05520176800011");
  EXPECT_THAT(read->reparations,
              ElementsAre("espaces retirées", "apostrophe retirée",
                          "« .0 » ajouté par un tableur retiré", "zéro de tête rendu"));
}

TEST(NettoyerSiretTest, RefusesWhatCannotBeProvenAndSaysWhy) {
  const struct {
    const char *text, *why;
  } cases[] = {
      {"2,1750E+13", "perdu des chiffres"},
      {"4.924248740002E+13", "perdu des chiffres"},  // a last zero would be a guess
      {"2E13", "perdu des chiffres"},
      {"4.9242487400022E+13", "lu 49242487400022, sa clé"},
      {"227200029", "c'est un SIREN"},
      {"227 200 029.0", "c'est un SIREN"},
      {"4024787540029", "lu 04024787540029, sa clé"},
      {"77554402601285", "sa clé"},
      {"0000000000000", "clé"},
      {"", "14 chiffres"},
      {"MAIRIE", "14 chiffres"},
      {"ESE+13", "14 chiffres"},
      {"775544026012849", "14 chiffres"},
      {"77554402601284.5", "14 chiffres"},
      {"775544'02601284", "14 chiffres"},
  };
  for (const auto& each : cases) {
    const auto read = NettoyerSiret(each.text);
    ASSERT_FALSE(read.ok()) << each.text << " -> " << read->valeur;
    EXPECT_THAT(std::string(read.status().message()), HasSubstr(each.why)) << each.text;
    EXPECT_THAT(std::string(read.status().message()), HasSubstr(each.text));
  }
}

}  // namespace
}  // namespace pdv::types
