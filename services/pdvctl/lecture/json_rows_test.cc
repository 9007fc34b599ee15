#include "services/pdvctl/lecture/json_rows.h"

#include <gmock/gmock.h>

#include <string>
#include <vector>

namespace pdv::pdvctl {
namespace {

using ::testing::HasSubstr;
using ::testing::SizeIs;

std::vector<LigneJson> Tout(std::string_view texte, absl::Status attendu = absl::OkStatus()) {
  std::vector<LigneJson> lignes;
  const auto etat = LireJson(texte, [&](LigneJson ligne) {
    lignes.push_back(std::move(ligne));
    return absl::OkStatus();
  });
  EXPECT_EQ(etat.code(), attendu.code()) << etat;
  return lignes;
}

TEST(JsonRows, LesNombresGardentLeurTexte) {
  const auto lignes = Tout(R"([{"m":19875.060,"n":7164,"g":-3,"x":12345678901234567890123}])");
  ASSERT_THAT(lignes, SizeIs(1));
  EXPECT_EQ(lignes[0].Trouver("m")->texte, "19875.060");
  EXPECT_EQ(lignes[0].Trouver("n")->texte, "7164");
  EXPECT_EQ(lignes[0].Trouver("g")->texte, "-3");
  EXPECT_EQ(lignes[0].Trouver("x")->texte, "12345678901234567890123");
}

TEST(JsonRows, AnneeEnNombreOuEnTexteResteDistincte) {
  const auto lignes = Tout(R"([{"annee":2020},{"annee":"2024"},{"annee":null},{}])");
  ASSERT_THAT(lignes, SizeIs(4));
  EXPECT_EQ(lignes[0].Trouver("annee")->genre, CelluleJson::Genre::kNombre);
  EXPECT_EQ(lignes[1].Trouver("annee")->genre, CelluleJson::Genre::kTexte);
  EXPECT_EQ(lignes[2].Trouver("annee")->genre, CelluleJson::Genre::kNul);
  EXPECT_EQ(lignes[3].Trouver("annee"), nullptr) << "absent n'est pas nul";
  EXPECT_EQ(lignes[3].rang, 4);
}

TEST(JsonRows, LaLigneDouteuseEstSeuleRefusee) {
  const auto lignes = Tout(R"([{"a":{"b":1}},{"a":[1,2]},{"a":1,"a":2},7,[{"a":1}],{"a":1}])");
  ASSERT_THAT(lignes, SizeIs(6));
  EXPECT_THAT(lignes[0].motif, HasSubstr("imbriqué"));
  EXPECT_THAT(lignes[1].motif, HasSubstr("imbriqué"));
  EXPECT_THAT(lignes[2].motif, HasSubstr("deux fois"));
  EXPECT_THAT(lignes[3].motif, HasSubstr("au lieu d'un objet"));
  EXPECT_THAT(lignes[4].motif, HasSubstr("au lieu d'un objet"));
  EXPECT_EQ(lignes[5].motif, "");
  EXPECT_EQ(lignes[5].rang, 6);
}

TEST(JsonRows, JsonTronqueDitOu) {
  std::vector<LigneJson> lignes;
  const auto etat = LireJson("[{\"a\":1},\n{\"a\":", [&](LigneJson ligne) {
    lignes.push_back(std::move(ligne));
    return absl::OkStatus();
  });
  EXPECT_EQ(etat.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_THAT(etat.message(), HasSubstr("ligne 2"));
  EXPECT_THAT(lignes, SizeIs(1)) << "ce qui précède reste lu";
}

TEST(JsonRows, AutreChoseQuUnTableau) {
  Tout(R"({"a":1})", absl::InvalidArgumentError(""));
  Tout("12", absl::InvalidArgumentError(""));
  Tout("", absl::InvalidArgumentError(""));
  EXPECT_THAT(Tout("[]"), SizeIs(0));
}

TEST(JsonRows, LeDestinatairePeutArreter) {
  int recus = 0;
  const auto etat = LireJson("[{},{},{}]", [&](LigneJson) {
    return ++recus == 2 ? absl::CancelledError("assez") : absl::OkStatus();
  });
  EXPECT_EQ(etat.code(), absl::StatusCode::kCancelled);
  EXPECT_EQ(recus, 2);
}

}  // namespace
}  // namespace pdv::pdvctl
