// Outlines, indicators and compressed files.
#include <gmock/gmock.h>
#include <zlib.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "services/pdvctl/lecture/contours.h"
#include "services/pdvctl/lecture/fichier.h"
#include "services/pdvctl/lecture/indicateurs.h"

namespace pdv::pdvctl {
namespace {

using ::testing::HasSubstr;
using ::testing::SizeIs;

std::string Gzip(const std::string& clair) {
  z_stream flux{};
  deflateInit2(&flux, Z_BEST_SPEED, Z_DEFLATED, 16 + MAX_WBITS, 8, Z_DEFAULT_STRATEGY);
  std::string sortie(deflateBound(&flux, clair.size()), '\0');
  flux.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(clair.data()));
  flux.avail_in = clair.size();
  flux.next_out = reinterpret_cast<Bytef*>(sortie.data());
  flux.avail_out = sortie.size();
  deflate(&flux, Z_FINISH);
  sortie.resize(flux.total_out);
  deflateEnd(&flux);
  return sortie;
}

TEST(Fichier, GzipSeReconnaitASonContenu) {
  const auto chemin = std::filesystem::path(::testing::TempDir()) / "pdvctl_contours.json";
  std::ofstream(chemin, std::ios::binary) << Gzip("bonjour");
  EXPECT_EQ(*LireFichier(chemin.string()), "bonjour");
  std::ofstream(chemin, std::ios::binary) << "clair";
  EXPECT_EQ(*LireFichier(chemin.string()), "clair");
  std::ofstream(chemin, std::ios::binary | std::ios::trunc).close();
  EXPECT_EQ(*LireFichier(chemin.string()), "");
  std::filesystem::remove(chemin);
}

TEST(Fichier, GzipTronqueAbimeOuDemesure) {
  const std::string bon = Gzip(std::string(100000, 'x'));
  EXPECT_EQ(Decompresser(bon)->size(), 100000u);
  EXPECT_EQ(Decompresser(bon.substr(0, bon.size() - 4)).status().code(),
            absl::StatusCode::kInvalidArgument);
  std::string abime = bon;
  abime[bon.size() - 6] ^= 1;  // the CRC
  EXPECT_EQ(Decompresser(abime).status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(Decompresser(bon, 1000).status().code(), absl::StatusCode::kResourceExhausted);
}

TEST(Fichier, AbsentOuDossier) {
  EXPECT_EQ(LireFichier("/nulle/part").status().code(), absl::StatusCode::kNotFound);
  EXPECT_THAT(LireFichier("/").status().message(), HasSubstr("dossier"));
}

TEST(Contours, PolygonesAvecTrou) {
  const auto contours =
      *LireContours(R"({"qpvs":[{"code":"QN00101M","label":"Île","insee":["01053"],
      "g":[[[[0,0],[4,0],[4,4],[0,0]],[[1,1],[2,1],[2,2],[1,1]]],[[[5,5],[6,5],[6,6],[5,5]]]]}]})");
  ASSERT_THAT(contours, SizeIs(1));
  EXPECT_EQ(contours[0].motif, "");
  EXPECT_EQ(contours[0].libelle, "Île");
  ASSERT_THAT(contours[0].polygones, SizeIs(2));
  EXPECT_THAT(contours[0].polygones[0], SizeIs(2));
  EXPECT_EQ(contours[0].polygones[0][1][1].longitude, 2);
}

TEST(Contours, UnContourFauxEstSeulRefuse) {
  const auto contours = *LireContours(R"({"qpvs":[
      {"code":"A","g":[[[[0,0],[4,0],[4,4],[0,1]]]]},
      {"code":"B","g":[[[[0,0],[4,0],[0,0]]]]},
      {"code":"C","g":[[[[0,0],[400,0],[4,4],[0,0]]]]},
      {"code":"D","g":[[[[0,"x"],[4,0],[4,4],[0,0]]]]},
      {"label":"sans code"},
      {"code":"F"},
      {"code":"G","g":[[[[0,0],[4,0],[4,4],[0,0]]]]}]})");
  ASSERT_THAT(contours, SizeIs(7));
  EXPECT_THAT(contours[0].motif, HasSubstr("fermé"));
  EXPECT_THAT(contours[1].motif, HasSubstr("quatre positions"));
  EXPECT_THAT(contours[2].motif, HasSubstr("globe"));
  EXPECT_THAT(contours[3].motif, HasSubstr("nombres"));
  EXPECT_THAT(contours[4].motif, HasSubstr("code absent"));
  EXPECT_THAT(contours[5].motif, HasSubstr("contour absent"));
  EXPECT_EQ(contours[6].motif, "");
  EXPECT_FALSE(LireContours("[]").ok());
  EXPECT_FALSE(LireContours("{").ok());
}

TEST(Indicateurs, TauxParZoneEtTrimestreInconnuNEstPasZero) {
  const auto lu = *LireChomage(R"({"quarters":["2021-T1","2021-T2"],
      "zes":{"0051":{"label":"Alençon","rate_pct":[7.4,null]}},"communes":{"61001":"0051"}})");
  ASSERT_THAT(lu.taux, SizeIs(2));
  EXPECT_EQ(lu.taux[0].trimestre, "2021-T1");
  EXPECT_EQ(lu.taux[0].pourcentage, "7.4");
  EXPECT_EQ(lu.taux[1].pourcentage, std::nullopt);
  EXPECT_EQ(lu.communes.at("61001"), "0051");
}

TEST(Indicateurs, SerieQuiNeSeDatePas) {
  EXPECT_THAT(LireChomage(R"({"quarters":["2021-T1"],"zes":{"0051":{"rate_pct":[1,2]}}})")
                  .status()
                  .message(),
              HasSubstr("0051"));
  EXPECT_FALSE(LireChomage("{}").ok());
}

TEST(Indicateurs, RevenusPartiels) {
  const auto lu = *LireRevenus(R"({"communes":{"01001":{"median_eur":25820},
      "01004":{"median_eur":21660,"minima_pct":3.0}}})");
  ASSERT_THAT(lu, SizeIs(2));
  EXPECT_EQ(lu[0].mediane_euros, "25820");
  EXPECT_EQ(lu[0].part_minima_pourcent, std::nullopt);
  EXPECT_EQ(lu[1].part_minima_pourcent, "3.0");
  EXPECT_FALSE(LireRevenus(R"({"communes":{"01001":3}})").ok());
}

}  // namespace
}  // namespace pdv::pdvctl
