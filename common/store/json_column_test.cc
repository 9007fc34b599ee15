#include "common/store/json_column.h"

#include "common/store/json_column_test.pb.h"
#include "gmock/gmock.h"
#include "google/protobuf/util/json_util.h"
#include "google/protobuf/util/message_differencer.h"

namespace pdv::store {
namespace {

using essai::Arbre;
using essai::Feuille;
using google::protobuf::util::MessageDifferencer;

Feuille Pleine() {
  Feuille f;
  f.set_texte("l'été « à »\n\"\\");
  f.set_petit(-7);
  f.set_grand(9'007'199'254'740'993);  // more than a double can tell
  f.set_petit_naturel(4'000'000'000u);
  f.set_grand_naturel(18'000'000'000'000'000'000u);
  f.set_reel(43.610769);
  f.set_simple(0.5F);
  f.set_vrai(true);
  f.set_octets(std::string("\0\xff\x10", 3));
  f.set_couleur(essai::COULEUR_BLEU);
  f.set_facultatif(0);
  f.mutable_instant()->set_seconds(1'700'000'000);
  f.mutable_instant()->set_nanos(123'456'000);
  f.mutable_jour()->set_year(2024);
  f.mutable_jour()->set_month(2);
  f.mutable_jour()->set_day(29);
  return f;
}

Arbre PleinArbre() {
  Arbre a;
  *a.mutable_feuille() = Pleine();
  *a.add_feuilles() = Pleine();
  a.add_feuilles();  // an empty one keeps its place
  a.add_nombres(1);
  a.add_nombres(-9'007'199'254'740'993);
  a.add_couleurs(essai::COULEUR_ROUGE);
  a.add_drapeaux(false);
  a.add_drapeaux(true);
  return a;
}

const google::protobuf::FieldDescriptor* Field(int at) { return Arbre::descriptor()->field(at); }

TEST(JsonColumnTest, EveryFieldComesBackAsItWas) {
  const Arbre before = PleinArbre();
  Arbre after;
  for (int i = 0; i < Arbre::descriptor()->field_count(); ++i) {
    const auto text = JsonText(before, Field(i));
    ASSERT_TRUE(text.has_value()) << Field(i)->name();
    ASSERT_TRUE(SetFromJson(*text, Field(i), &after)) << *text;
  }
  EXPECT_TRUE(MessageDifferencer::Equals(before, after)) << after.DebugString();
}

// What was written by protobuf's own writer is read, and the other way round.
TEST(JsonColumnTest, TheFormatIsProtoJson) {
  const Arbre before = PleinArbre();
  google::protobuf::util::JsonPrintOptions options;
  options.preserve_proto_field_names = true;
  std::string feuille;
  ASSERT_TRUE(
      google::protobuf::util::MessageToJsonString(before.feuille(), &feuille, options).ok());
  Arbre ours;
  ASSERT_TRUE(SetFromJson(feuille, Field(0), &ours)) << feuille;
  EXPECT_TRUE(MessageDifferencer::Equals(before.feuille(), ours.feuille())) << ours.DebugString();

  Feuille theirs;
  ASSERT_TRUE(
      google::protobuf::util::JsonStringToMessage(*JsonText(before, Field(0)), &theirs).ok());
  EXPECT_TRUE(MessageDifferencer::Equals(before.feuille(), theirs)) << theirs.DebugString();
}

TEST(JsonColumnTest, UnsetAndEmptyAreNull) {
  const Arbre empty;
  for (int i = 0; i < Arbre::descriptor()->field_count(); ++i)
    EXPECT_EQ(JsonText(empty, Field(i)), std::nullopt);
}

TEST(JsonColumnTest, WhatALaterVersionWroteIsPassedOver) {
  Arbre a;
  ASSERT_TRUE(SetFromJson(R"({"texte": "t", "futur": {"x": 1}, "couleur": "COULEUR_MAUVE"})",
                          Field(0), &a));
  EXPECT_EQ(a.feuille().texte(), "t");
  EXPECT_EQ(a.feuille().couleur(), essai::COULEUR_UNSPECIFIED);
}

TEST(JsonColumnTest, AnotherShapeIsRefused) {
  Arbre a;
  for (const char* wrong : {"", "{", "[]", "3", R"({"petit": "x"})", R"({"texte": 3})",
                            R"({"vrai": "oui"})", R"({"instant": "hier"})"})
    EXPECT_FALSE(SetFromJson(wrong, Field(0), &a)) << wrong;
  EXPECT_FALSE(SetFromJson("{}", Field(2), &a));
}

}  // namespace
}  // namespace pdv::store
