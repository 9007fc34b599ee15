#include "services/pdvctl/lecture/encodage.h"

#include <gmock/gmock.h>

#include <string>

#include "common/types/utf8.h"

namespace pdv::pdvctl {
namespace {

using std::string_literals::operator""s;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

Decodage Lire(std::string_view octets) {
  auto lu = Decoder(octets);
  EXPECT_TRUE(lu.ok()) << lu.status();
  return lu.ok() ? *std::move(lu) : Decodage{};
}

TEST(Encodage, AsciiEtUtf8SontIntacts) {
  const auto lu = Lire("Année;Cœur\n");
  EXPECT_EQ(lu.encodage, Encodage::kUtf8);
  EXPECT_EQ(lu.texte, "Année;Cœur\n");
  EXPECT_THAT(lu.dommages, IsEmpty());
  EXPECT_EQ(Lire("").encodage, Encodage::kUtf8);
}

TEST(Encodage, LaMarqueUtf8EstRetiree) {
  const auto lu = Lire(
      "\xEF\xBB\xBF"
      "é");
  EXPECT_EQ(lu.encodage, Encodage::kUtf8Bom);
  EXPECT_EQ(lu.texte, "é");
}

TEST(Encodage, Cp1252SeReconnaitASesOctetsHauts) {
  const auto lu = Lire("C\x8CUR : 12 \x80, l\x92\xE9t\xE9");
  EXPECT_EQ(lu.encodage, Encodage::kCp1252);
  EXPECT_EQ(lu.texte, "CŒUR : 12 €, l’été");
  EXPECT_THAT(lu.dommages, IsEmpty());
}

TEST(Encodage, Latin1SansOctetHaut) {
  const auto lu = Lire(
      "Ann\xE9"
      "e N\xB0 12\xA0"
      "000");
  EXPECT_EQ(lu.encodage, Encodage::kLatin1);
  EXPECT_EQ(lu.texte, "Année N° 12\u00A0000");
}

TEST(Encodage, OctetIndefiniDeCp1252EstSignaleJamaisDevine) {
  const auto lu = Lire("a\r\nb\x81\x80");
  EXPECT_EQ(lu.texte, "a\r\nb\uFFFD€");
  ASSERT_THAT(lu.dommages, SizeIs(1));
  EXPECT_EQ(lu.dommages[0].nature, NatureDommage::kOctetIndefini);
  EXPECT_EQ(lu.dommages[0].ligne, 2);
  EXPECT_EQ(lu.dommages[0].colonne, 2);
  EXPECT_EQ(lu.dommages[0].valeur, "0x81");
  EXPECT_EQ(lu.texte.substr(lu.dommages[0].position, 3), "\uFFFD");
}

TEST(Encodage, MelangeDUtf8EtDOctetsIsoEstSignaleOctetParOctet) {
  const auto lu = Lire(
      "Vend\xE9"
      "e\nVend\xC3\xA9"
      "e\n12\xA0"
      "000\n");
  EXPECT_EQ(lu.encodage, Encodage::kMixte);
  EXPECT_EQ(lu.texte, "Vend\uFFFDe\nVendée\n12\uFFFD000\n");
  ASSERT_THAT(lu.dommages, SizeIs(2));
  EXPECT_EQ(lu.dommages[0].nature, NatureDommage::kOctetEtranger);
  EXPECT_EQ(lu.dommages[0].ligne, 1);
  EXPECT_EQ(lu.dommages[0].colonne, 5);
  EXPECT_EQ(lu.dommages[1].ligne, 3);
  EXPECT_EQ(lu.dommages[1].valeur, "0xA0");
  EXPECT_THAT(lu.avertissements, SizeIs(1));
}

TEST(Encodage, UnHasardDeCp1252NeFaitPasUnMelange) {
  // 0xC9 0xBB is also a UTF-8 letter of the phonetic alphabet, which French never writes.
  const auto lu = Lire("\xAB CAF\xC9\xBB, \xE9t\xE9");
  EXPECT_EQ(lu.encodage, Encodage::kLatin1);
  EXPECT_EQ(lu.texte, "« CAFÉ», été");
}

TEST(Encodage, MarqueContrediteParLeContenu) {
  const auto lu = Lire(
      "\xEF\xBB\xBF"
      "D\xE9partement, 5 \x80");
  EXPECT_EQ(lu.encodage, Encodage::kCp1252);
  EXPECT_EQ(lu.texte, "Département, 5 €");
  ASSERT_THAT(lu.avertissements, SizeIs(1));
  EXPECT_THAT(lu.avertissements[0], HasSubstr("contredite"));
}

TEST(Encodage, CaracteresDejaPerdusEtDoubleEncodage) {
  const auto lu = Lire("perdu \uFFFD, deux fois Ã©tÃ\u00A0 lâ€™Å“uvre 3 â‚¬");
  EXPECT_EQ(lu.encodage, Encodage::kUtf8);
  ASSERT_THAT(lu.dommages, SizeIs(6));
  EXPECT_EQ(lu.dommages[0].nature, NatureDommage::kRemplacement);
  for (size_t i = 1; i < 6; ++i) {
    EXPECT_EQ(lu.dommages[i].nature, NatureDommage::kDoubleEncodage) << i;
  }
  EXPECT_EQ(lu.dommages[1].valeur, "Ã©");
  EXPECT_THAT(lu.texte, HasSubstr("Ã©tÃ")) << "le texte reste tel quel";
}

TEST(Encodage, LesAccentsFrancaisNeSontPasUnDoubleEncodage) {
  EXPECT_THAT(Lire("Pâques, âge, château, Âge, sœurs, l’œuvre, à « Noël » ô ï û Ÿ").dommages,
              IsEmpty());
}

TEST(Encodage, CaracteresDeControleSignales) {
  const auto lu = Lire("a\0b\x1B"s);
  ASSERT_THAT(lu.dommages, SizeIs(2));
  EXPECT_EQ(lu.dommages[0].valeur, "U+0000");
  EXPECT_EQ(lu.dommages[1].colonne, 4);
}

TEST(Encodage, LesTroisFinsDeLigneComptentPourUne) {
  const auto lu = Lire("1\r\n2\n3\r4\uFFFD");
  ASSERT_THAT(lu.dommages, SizeIs(1));
  EXPECT_EQ(lu.dommages[0].ligne, 4);
}

TEST(Encodage, DommagesDUneEtendue) {
  const auto lu = Lire("\uFFFDab\uFFFD");
  EXPECT_THAT(lu.Entre(0, 3), SizeIs(1));
  EXPECT_THAT(lu.Entre(3, 5), IsEmpty());
  EXPECT_THAT(lu.Entre(0, lu.texte.size()), SizeIs(2));
}

TEST(Encodage, CeQuiNEstPasDuTexteEstRefuse) {
  EXPECT_THAT(Decoder("\xFF\xFE"
                      "a\0"s)
                  .status()
                  .message(),
              HasSubstr("UTF-16"));
  EXPECT_THAT(Decoder("PK\x03\x04reste").status().message(), HasSubstr("classeur"));
}

TEST(Utf8, FormesInterdites) {
  EXPECT_EQ(types::LireUtf8("\xC0\xAF", 0).octets, 0u) << "forme trop longue";
  EXPECT_EQ(types::LireUtf8("\xE0\x80\xAF", 0).octets, 0u) << "forme trop longue";
  EXPECT_EQ(types::LireUtf8("\xED\xA0\x80", 0).octets, 0u) << "demi-codet";
  EXPECT_EQ(types::LireUtf8("\xF4\x90\x80\x80", 0).octets, 0u) << "au-delà d'Unicode";
  EXPECT_EQ(types::LireUtf8("\xE2\x82", 0).octets, 0u) << "coupé";
}

TEST(Utf8, AllerRetourDeToutesLesLongueurs) {
  for (const char32_t point : {0x7Fu, 0x80u, 0x7FFu, 0x800u, 0xFFFFu, 0x10000u, 0x10FFFFu}) {
    std::string texte;
    types::EcrireUtf8(point, texte);
    const auto lu = types::LireUtf8(texte, 0);
    EXPECT_EQ(lu.point, point);
    EXPECT_EQ(lu.octets, texte.size());
  }
}

}  // namespace
}  // namespace pdv::pdvctl
