// Every real file of the data folder is a named test with its outcome.
#include <gmock/gmock.h>

#include <string>
#include <vector>

#include "services/pdvctl/lecture/contours.h"
#include "services/pdvctl/lecture/donnees_reelles.h"
#include "services/pdvctl/lecture/fichier.h"
#include "services/pdvctl/lecture/indicateurs.h"
#include "services/pdvctl/lecture/json_rows.h"
#include "services/pdvctl/lecture/table_csv.h"

namespace pdv::pdvctl {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

struct Attendu {
  const char* nom;  // of the test
  const char* fichier;
  Encodage encodage;
  char separateur;
  size_t colonnes;
  int64_t lues;
  int64_t rejetees;  // malformed, or not as wide as the header
  int64_t vides;
  size_t dommages;
};

constexpr auto kU = Encodage::kUtf8;
constexpr auto kB = Encodage::kUtf8Bom;
constexpr auto kC = Encodage::kCp1252;
constexpr auto kL = Encodage::kLatin1;
constexpr auto kM = Encodage::kMixte;

#define COLLECTIVITES "03_subventions/collectivites/"
#define SCDL "04_scdl_conformance/"

const Attendu kAttendus[] = {
    {"LoireAtlantique", COLLECTIVITES "44_subventions_extrait_2000.csv", kU, ';', 18, 2000, 0, 0,
     0},
    {"MaineEtLoire", COLLECTIVITES "49_subventions_associations.csv", kU, ';', 7, 11843, 0, 0, 0},
    {"SartheEnTeteSurCinqLignes", COLLECTIVITES "72_sub_asso_2018.csv", kL, ';', 9, 1625, 0, 0, 0},
    // The first 86 lines are single bytes, the last are UTF-8, and no amount is quoted.
    {"Vendee2018EncodageMixte", COLLECTIVITES "85_2018.csv", kM, ',', 14, 114, 114, 0, 675},
    {"Vendee2019VirgulesDecimales", COLLECTIVITES "85_201901.csv", kU, ',', 14, 6, 6, 1, 0},
    {"Montpellier2013", COLLECTIVITES "AttribSub_2013.csv", kC, ';', 4, 938, 0, 0, 0},
    {"LotLignesVides", COLLECTIVITES "DEP_Lot_Subventions_2017_DONNEES.xlsx_pour_exemple.csv", kC,
     ';', 14, 13, 0, 21, 0},
    {"Nievre", COLLECTIVITES "DEP_Nievre_CD58_SUBVENTIONS_2016_LISTE.csv", kL, ',', 17, 97, 0, 0,
     0},
    {"SommeMarqueContredite", COLLECTIVITES "DEP_Somme_TB_20180302_DONNEES_CONVENTIONS.csv", kC,
     ';', 13, 41, 0, 0, 0},
    {"HauteGaronne", COLLECTIVITES "SCDL_DEP_Haute_Garonne_datalocale-subvention.csv", kU, ';', 14,
     69, 0, 0, 0},
    {"ScdlColonneEnDouble", SCDL "exemples/exemple-duplicate-column.csv", kL, ',', 15, 29, 0, 0, 0},
    {"ScdlErreursCellules", SCDL "exemples/exemple_invalide_erreurs_cellules.csv", kU, ',', 15, 29,
     0, 0, 0},
    {"ScdlErreursColonnes", SCDL "exemples/exemple_invalide_erreurs_colonnes.csv", kU, ',', 15, 29,
     0, 0, 0},
    {"ScdlValide", SCDL "exemples/exemple_valide.csv", kU, ',', 16, 29, 0, 0, 0},
    {"EtalabExemple", SCDL "etalab_format_subventions/exemple.csv", kU, ',', 14, 2, 0, 0, 0},
    {"EtalabEnTeteSeule", SCDL "etalab_format_subventions/format-subventions.csv", kU, ',', 14, 0,
     0, 0, 0},
    {"VecteursIdentifiants", SCDL "derive_vecteurs_identifiants.csv", kU, ';', 5, 358, 0, 0, 0},
    {"QpvPieges", "01_qpv/listeqp2024_cog2024_sample.csv", kB, ';', 23, 4, 0, 1, 0},
    {"QpvListe", "01_qpv/derive_qpv_2024_liste.csv", kU, ';', 11, 1584, 0, 0, 0},
    {"Contrats2015", "02_contrats_de_ville/derive_contrats_2015_2023.csv", kU, ';', 7, 434, 0, 0,
     0},
    // CV419 (Polynésie) ends before its longitude and latitude.
    {"Contrats2024UneLigneCourte", "02_contrats_de_ville/derive_contrats_2024_2030.csv", kU, ';', 7,
     448, 1, 0, 0},
    {"Nomenclature", "03_subventions/ci_ville/derive_nomenclature_thematiques.csv", kU, ';', 4, 49,
     0, 0, 0},
    {"Communes", "05_referentiels/communes.csv", kU, ',', 12, 37496, 0, 0, 0},
    {"Departements", "05_referentiels/departements.csv", kU, ',', 7, 101, 0, 0, 0},
    {"Regions", "05_referentiels/regions.csv", kU, ',', 6, 18, 0, 0, 0},
    {"Arrondissements", "05_referentiels/arrondissements.csv", kU, ',', 8, 333, 0, 0, 0},
    {"Outremer", "05_referentiels/collectivites-outremer.csv", kU, ',', 6, 94, 0, 0, 0},
    {"Epci", "05_referentiels/derive_epci_2025.csv", kU, ';', 7, 1255, 0, 0, 0},
    {"EpciCommunes", "05_referentiels/derive_epci_communes_2025.csv", kU, ';', 5, 34871, 0, 0, 0},
    {"Mouvements", "05_referentiels/derive_mouvements_communes_depuis_2014.csv", kU, ',', 14, 6099,
     0, 0, 0},
};

Decodage DecoderReel(const std::string& fichier) {
  const auto octets = LireFichier(DossierDonneesReelles() + "/" + fichier);
  EXPECT_TRUE(octets.ok()) << octets.status();
  auto lu = Decoder(octets.ok() ? *octets : "");
  EXPECT_TRUE(lu.ok()) << lu.status();
  return lu.ok() ? *std::move(lu) : Decodage{};
}

class FichierReel : public ::testing::TestWithParam<Attendu> {};

TEST_P(FichierReel, Lecture) {
  PDV_EXIGER_DONNEES_REELLES();
  const Attendu& attendu = GetParam();
  const Decodage decodage = DecoderReel(attendu.fichier);
  EXPECT_EQ(NomEncodage(decodage.encodage), NomEncodage(attendu.encodage));
  EXPECT_THAT(decodage.dommages, SizeIs(attendu.dommages));

  auto table = TableCsv::Ouvrir(decodage);
  ASSERT_TRUE(table.ok()) << table.status();
  EXPECT_EQ(table->separateur(), attendu.separateur);
  EXPECT_EQ(table->ligne_entete(), 1);
  EXPECT_THAT(table->colonnes(), SizeIs(attendu.colonnes));
  int64_t lues = 0;
  int64_t rejetees = 0;
  while (const auto ligne = table->Suivante()) {
    ++lues;
    if (!ligne->motif.empty()) ++rejetees;
  }
  EXPECT_EQ(lues, attendu.lues);
  EXPECT_EQ(rejetees, attendu.rejetees);
  EXPECT_EQ(table->passees().vides, attendu.vides);
  EXPECT_EQ(table->passees().entetes_repetees, 0);
}

INSTANTIATE_TEST_SUITE_P(Donnees, FichierReel, ::testing::ValuesIn(kAttendus),
                         [](const auto& info) { return info.param.nom; });

TEST(FichierReelDetail, VendeeMeleDeuxEncodagesSansEnDevinerAucun) {
  PDV_EXIGER_DONNEES_REELLES();
  const Decodage lu = DecoderReel(COLLECTIVITES "85_2018.csv");
  ASSERT_FALSE(lu.dommages.empty());
  const Dommage& premier = lu.dommages.front();
  EXPECT_EQ(premier.ligne, 2);
  EXPECT_EQ(premier.colonne, 10);  // "Conseil D?partemental"
  EXPECT_EQ(premier.valeur, "0xE9");
  EXPECT_THAT(lu.texte, HasSubstr("Conseil D\uFFFDpartemental de la Vend\uFFFDe"));
  EXPECT_THAT(lu.texte, HasSubstr("Conseil Départemental de la Vendée"));
  EXPECT_THAT(lu.avertissements, SizeIs(1));
}

TEST(FichierReelDetail, SommeAUneMarqueUtf8Mensongere) {
  PDV_EXIGER_DONNEES_REELLES();
  const Decodage lu = DecoderReel(COLLECTIVITES "DEP_Somme_TB_20180302_DONNEES_CONVENTIONS.csv");
  ASSERT_THAT(lu.avertissements, SizeIs(1));
  EXPECT_THAT(lu.avertissements[0], HasSubstr("contredite"));
  EXPECT_THAT(lu.texte, HasSubstr("estimée à 89 852 € HT"));
  EXPECT_THAT(lu.texte, HasSubstr("jusqu’à"));
}

TEST(FichierReelDetail, ColonneEnDoubleNommee) {
  PDV_EXIGER_DONNEES_REELLES();
  const Decodage lu = DecoderReel(SCDL "exemples/exemple-duplicate-column.csv");
  EXPECT_THAT(TableCsv::Ouvrir(lu)->ColonnesEnDouble(), ElementsAre("notificationue"));
}

TEST(FichierReelDetail, ClasseurRefuse) {
  PDV_EXIGER_DONNEES_REELLES();
  const auto octets = LireFichier(DossierDonneesReelles() + "/05_referentiels/epcicom.xlsx");
  ASSERT_TRUE(octets.ok());
  EXPECT_THAT(Decoder(*octets).status().message(), HasSubstr("classeur"));
}

TEST(FichierReelDetail, ContoursDes1584Quartiers) {
  PDV_EXIGER_DONNEES_REELLES();
  const auto texte = LireFichier(DossierDonneesReelles() + "/01_qpv/qpv_2024_contours.json.gz");
  ASSERT_TRUE(texte.ok()) << texte.status();
  const auto contours = *LireContours(*texte);
  ASSERT_THAT(contours, SizeIs(1584));
  size_t polygones = 0;
  for (const auto& contour : contours) {
    EXPECT_EQ(contour.motif, "") << contour.code;
    EXPECT_THAT(contour.communes, ::testing::Not(IsEmpty())) << contour.code;
    polygones += contour.polygones.size();
  }
  EXPECT_EQ(polygones, 1634u);
}

TEST(FichierReelDetail, Indicateurs) {
  PDV_EXIGER_DONNEES_REELLES();
  const std::string dossier = DossierDonneesReelles() + "/06_indicateurs/";
  const auto chomage =
      *LireChomage(*LireFichier(dossier + "chomage_zones_emploi_trimestriel.json"));
  EXPECT_THAT(chomage.taux, SizeIs(302 * 20));
  EXPECT_THAT(chomage.communes, SizeIs(34875));
  EXPECT_EQ(chomage.taux[0].libelle, "Alençon");
  EXPECT_EQ(chomage.taux[0].pourcentage, "7.4");
  EXPECT_THAT(*LireRevenus(*LireFichier(dossier + "filosofi_communes_2021.json")), SizeIs(31322));
}

struct PostesAttendus {
  const char* nom;
  const char* fichier;
  int64_t lignes;
  int64_t centimes;
};

const PostesAttendus kPostes[] = {
    {"AdulteRelais2020", "adulte-relais-2020.json", 4660, 9261777960},
    {"AdulteRelais2021", "adulte-relais-2021.json", 5377, 10792617614},
    {"AdulteRelais2022", "adulte-relais-2022.json", 5623, 11951124200},
    {"AdulteRelais2023", "adulte-relais-2023.json", 5416, 12216183368},
    {"AdulteRelais2024", "adulte-relais-2024.json", 4949, 11288970889},
    {"Fonjep2020", "postes-fonjep-2020.json", 1455, 1016601450},
    {"Fonjep2021", "postes-fonjep-2021.json", 1462, 1026660900},
    {"Fonjep2022", "postes-fonjep-2022.json", 1429, 1007497200},
    {"Fonjep2023", "postes-fonjep-2023.json", 1478, 1039317300},
    {"Fonjep2024", "postes-fonjep-2024.json", 1547, 1074271650},
};

// "19875.06" -> 1987506, by its digits: the text must hold at most two decimals.
int64_t Centimes(const std::string& texte) {
  const size_t point = texte.find('.');
  if (point == std::string::npos) return std::stoll(texte) * 100;
  std::string decimales = texte.substr(point + 1);
  EXPECT_LE(decimales.size(), 2u) << texte;
  decimales.resize(2, '0');
  return std::stoll(texte.substr(0, point)) * 100 + std::stoll(decimales);
}

class PostesReels : public ::testing::TestWithParam<PostesAttendus> {};

TEST_P(PostesReels, TotauxAuCentime) {
  PDV_EXIGER_DONNEES_REELLES();
  const Decodage lu = DecoderReel(std::string("03_subventions/ci_ville/") + GetParam().fichier);
  EXPECT_THAT(lu.dommages, IsEmpty());
  int64_t lignes = 0;
  int64_t centimes = 0;
  const auto etat = LireJson(lu.texte, [&](LigneJson ligne) {
    ++lignes;
    EXPECT_EQ(ligne.motif, "");
    const CelluleJson* montant = ligne.Trouver("montant");
    if (montant != nullptr && montant->genre == CelluleJson::Genre::kNombre) {
      centimes += Centimes(montant->texte);
    }
    return absl::OkStatus();
  });
  EXPECT_TRUE(etat.ok()) << etat;
  EXPECT_EQ(lignes, GetParam().lignes);
  EXPECT_EQ(centimes, GetParam().centimes);
}

INSTANTIATE_TEST_SUITE_P(Postes, PostesReels, ::testing::ValuesIn(kPostes),
                         [](const auto& info) { return info.param.nom; });

}  // namespace
}  // namespace pdv::pdvctl
