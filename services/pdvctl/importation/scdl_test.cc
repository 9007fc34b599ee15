// Published subventions: cells, headers, the natural key, and every real file with its outcome.
#include "services/pdvctl/importation/scdl.h"

#include <gmock/gmock.h>

#include <fstream>
#include <tuple>

#include "services/pdvctl/importation/scdl_cellules.h"
#include "services/pdvctl/lecture/donnees_reelles.h"

namespace pdv::pdvctl {
namespace {

namespace v1 = financement::v1;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr bool kStrict = true, kAncien = false;

struct Fichier {
  FichierLu lu;
  std::vector<Rangee> rangees;
  int64_t lues = 0, acceptees = 0, jointes = 0, rejetees = 0, reparees = 0, centimes = 0;
};

Fichier LireFichierScdl(const std::string& chemin) {
  Fichier f;
  LecteurScdl reader(chemin.substr(chemin.rfind('/') + 1));
  f.rangees = LireRangees(
      chemin, [&](const Champs& fields) { return reader.Traduire(fields); }, &f.lu,
      [&](const std::vector<std::string>& columns) { return reader.LireEntete(columns); });
  for (const Rangee& row : f.rangees) {
    ++f.lues;
    f.jointes += row.jointe ? 1 : 0;
    if (row.ressource != nullptr) {
      ++f.acceptees;
      f.centimes += row.centimes;
      f.reparees += row.avertissements.empty() ? 0 : 1;
    } else if (!row.jointe) {
      ++f.rejetees;
      EXPECT_THAT(row.rejets, ::testing::Not(IsEmpty())) << row.ligne;
    }
  }
  return f;
}

Fichier LireTexte(const std::string& texte) {
  const std::string path = ::testing::TempDir() + "scdl_essai.csv";
  std::ofstream(path) << texte;
  return LireFichierScdl(path);
}

const v1::Subvention& Attribution(const Rangee& row) {
  return static_cast<const v1::Subvention&>(*row.ressource);
}

constexpr char kEntete[] =
    "nomAttribuant,idAttribuant,dateConvention,referenceDecision,nomBeneficiaire,idBeneficiaire,"
    "objet,montant,nature,conditionsVersement,datesPeriodeVersement,idRAE,notificationUE,"
    "pourcentageSubvention\n";
std::string Ligne(const std::string& montant, const std::string& nature = "aide en numéraire") {
  return "ANTIBES,21060004500392,2017-06-27,C1,CLUB,52499120500013,Fonctionnement," + montant +
         "," + nature + ",unique,2017-01-02_2017-03-08,,non,1.0\n";
}

TEST(ScdlCellules, AmountsGoByTheirDigits) {
  EXPECT_EQ(LireMontantScdl("99786.57", kStrict)->valeur, 9978657);
  EXPECT_EQ(LireMontantScdl("100000,1", kStrict).status().code(),
            absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(LireMontantScdl("100 000,10", kAncien)->valeur, 10000010);
  EXPECT_NE(LireMontantScdl("100 000,10", kAncien)->reparation, "");
  EXPECT_EQ(LireMontantScdl("1e6", kStrict).status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_FALSE(LireMontantScdl("NC", kAncien).ok());
}

TEST(ScdlCellules, PeriodsAreWrittenWithASlash) {
  EXPECT_EQ(LirePeriodeScdl("2017-01-02_2017-03-08", kAncien)->valeur, "2017-01-02/2017-03-08");
  EXPECT_EQ(LirePeriodeScdl("2017-01-02_2017-03-08", kAncien)->reparation, "");
  EXPECT_FALSE(LirePeriodeScdl("2017-01-02_2017-03-08", kStrict).ok());
  EXPECT_EQ(LirePeriodeScdl("2017-01-02/2017-03-08", kStrict)->reparation, "");
  // Both stand in the official valid example.
  EXPECT_NE(LirePeriodeScdl("2017-03-02/2017-30-05", kStrict)->reparation, "");
  EXPECT_NE(LirePeriodeScdl("2017-03-02/2017-01-10", kStrict)->reparation, "");
  EXPECT_FALSE(LirePeriodeScdl("2014", kAncien).ok());
}

TEST(ScdlCellules, SharesAreBasisPoints) {
  EXPECT_EQ(LirePartScdl("0.05", kStrict)->valeur, 500);
  EXPECT_EQ(LirePartScdl("1", kStrict)->valeur, 10000);
  EXPECT_EQ(LirePartScdl("1.00", kStrict)->valeur, 10000);
  EXPECT_EQ(LirePartScdl("0.333333", kStrict)->valeur, 3333);
  EXPECT_NE(LirePartScdl("0.333333", kStrict)->reparation, "");
  for (const char* wrong : {"100", "1.01", "0.001", "-1", "0,5", "11", "", "12345678901234567890"})
    EXPECT_FALSE(LirePartScdl(wrong, kStrict).ok()) << wrong;
  EXPECT_EQ(LirePartScdl("0,5", kAncien)->valeur, 5000);
  EXPECT_EQ(LirePartScdl("0", kAncien)->valeur, 0);
}

TEST(ScdlCellules, DatesAndNatures) {
  EXPECT_EQ(LireDateScdl("2017-09-08", kStrict)->valeur.month(), 9);
  EXPECT_FALSE(LireDateScdl("05/12/2016", kStrict).ok());
  EXPECT_EQ(LireDateScdl("05/12/2016", kAncien)->valeur.month(), 12);
  EXPECT_FALSE(LireDateScdl("2017-02-29", kAncien).ok());
  EXPECT_FALSE(LireDateScdl("2014", kAncien).ok());
  EXPECT_EQ(LireNatureScdl("Aide en numéraire", kAncien)->valeur, v1::NATURE_SUBVENTION_NUMERAIRE);
  EXPECT_FALSE(LireNatureScdl("Aide en numéraire", kStrict).ok());
  EXPECT_FALSE(LireNatureScdl("aide en numéraire,aide en nature", kAncien).ok());
  EXPECT_EQ(LireNatureScdl("aide en nature;aide en numéraire", kStrict)->valeur,
            v1::NATURE_SUBVENTION_NUMERAIRE_ET_NATURE);
}

TEST(Scdl, TwoInstalmentsOfADecisionAreTwoAndTheSameRowTwiceIsOne) {
  const std::string text = kEntete + Ligne("100") + Ligne("200") + Ligne("100");
  const Fichier f = LireTexte(text);
  ASSERT_THAT(f.rangees, SizeIs(3));
  EXPECT_EQ(Attribution(f.rangees[0]).rang(), 1);
  EXPECT_EQ(Attribution(f.rangees[1]).rang(), 2);
  EXPECT_TRUE(f.rangees[2].jointe);
  EXPECT_EQ(f.centimes, 300'00);
  // Read again, and with an amount put right: the same names.
  EXPECT_EQ(Attribution(LireTexte(text).rangees[1]).name(), Attribution(f.rangees[1]).name());
  const Fichier corrected = LireTexte(kEntete + Ligne("150"));
  EXPECT_EQ(Attribution(corrected.rangees[0]).name(), Attribution(f.rangees[0]).name());
  EXPECT_NE(Attribution(f.rangees[0]).name(), Attribution(f.rangees[1]).name());
}

TEST(Scdl, EveryRefusedCellOfARowIsTold) {
  const Fichier f = LireTexte(kEntete + Ligne("beaucoup", "prêt"));
  ASSERT_THAT(f.rangees, SizeIs(1));
  ASSERT_THAT(f.rangees[0].rejets, SizeIs(2));
  EXPECT_EQ(f.rangees[0].rejets[0].champ, "montant");
  EXPECT_EQ(f.rangees[0].rejets[0].valeur, "beaucoup");
  EXPECT_EQ(f.rangees[0].rejets[0].ligne, 2);
  EXPECT_EQ(f.rangees[0].rejets[0].colonne, 8);
  EXPECT_EQ(f.rangees[0].rejets[1].champ, "nature");
}

// ---- real files
// ----------------------------------------------------------------------------------

struct Attendu {
  const char* nom;
  const char* fichier;
  const char* illisible;  // part of the reason, "" where it is read
  int64_t lues, acceptees, rejetees, reparees, centimes;
};

#define COLLECTIVITES "03_subventions/collectivites/"
#define EXEMPLES "04_scdl_conformance/exemples/"

const Attendu kAttendus[] = {
    // Years for days, SIREN for SIRET, no object: nothing of it is an attribution.
    {"LoireAtlantique", COLLECTIVITES "44_subventions_extrait_2000.csv", "", 2000, 0, 2000, 0, 0},
    // Tables of payments, not of attributions: no attribuant, no object, no date.
    {"MaineEtLoire", COLLECTIVITES "49_subventions_associations.csv", "nomAttribuant", 0, 0, 0, 0,
     0},
    {"Sarthe", COLLECTIVITES "72_sub_asso_2018.csv", "nomAttribuant", 0, 0, 0, 0, 0},
    // Amounts with a comma in a file of commas: nothing says where the cells are.
    {"Vendee2018", COLLECTIVITES "85_2018.csv", "", 114, 0, 114, 0, 0},
    {"Vendee2019", COLLECTIVITES "85_201901.csv", "", 6, 0, 6, 0, 0},
    {"Montpellier2013", COLLECTIVITES "AttribSub_2013.csv", "nomAttribuant", 0, 0, 0, 0, 0},
    // "40 000,00": the digits are certain.
    {"Lot", COLLECTIVITES "DEP_Lot_Subventions_2017_DONNEES.xlsx_pour_exemple.csv", "", 13, 13, 0,
     13, 87820500},
    {"Nievre", COLLECTIVITES "DEP_Nievre_CD58_SUBVENTIONS_2016_LISTE.csv", "COLL_NOM", 0, 0, 0, 0,
     0},
    {"Somme", COLLECTIVITES "DEP_Somme_TB_20180302_DONNEES_CONVENTIONS.csv", "notificationUE", 0, 0,
     0, 0, 0},
    // "Aide en numéraire"; 29 rows tell no period of payment.
    {"HauteGaronne", COLLECTIVITES "SCDL_DEP_Haute_Garonne_datalocale-subvention.csv", "", 69, 37,
     32, 37, 13143350},
    // Three periods end before they begin, and one ends on the 30th month: clean, and told.
    {"ExempleValide", EXEMPLES "exemple_valide.csv", "", 29, 29, 0, 4, 282139350},
    {"ErreursCellules", EXEMPLES "exemple_invalide_erreurs_cellules.csv", "", 29, 0, 29, 0, 0},
    {"ErreursColonnes", EXEMPLES "exemple_invalide_erreurs_colonnes.csv",
     "« nomBeneficiaire » ; colonnes inconnues : « NOM_Beneficiaire »", 0, 0, 0, 0, 0},
    {"ColonneEnDouble", EXEMPLES "exemple-duplicate-column.csv", "« notificationUE »", 0, 0, 0, 0,
     0},
    // The second of the two SIRET is false.
    {"EtalabReglementaire", "04_scdl_conformance/etalab_format_subventions/exemple.csv", "", 2, 1,
     1, 0, 2200080},
    {"EtalabEnTeteSeule", "04_scdl_conformance/etalab_format_subventions/format-subventions.csv",
     "", 0, 0, 0, 0, 0},
};

class ScdlReel : public ::testing::TestWithParam<Attendu> {};

TEST_P(ScdlReel, Issue) {
  PDV_EXIGER_DONNEES_REELLES();
  const Attendu& expected = GetParam();
  const Fichier f = LireFichierScdl(DossierDonneesReelles() + "/" + expected.fichier);
  if (*expected.illisible == '\0') {
    EXPECT_EQ(f.lu.illisible, "");
  } else {
    EXPECT_THAT(f.lu.illisible, HasSubstr(expected.illisible));
  }
  EXPECT_EQ(f.lues, expected.lues);
  EXPECT_EQ(f.acceptees, expected.acceptees);
  EXPECT_EQ(f.rejetees, expected.rejetees);
  EXPECT_EQ(f.reparees, expected.reparees);
  EXPECT_EQ(f.centimes, expected.centimes);
}

// What the reader of the report is told of each cell.
constexpr char kCleSiret[] = "n'est pas un SIRET : sa clé de contrôle est fausse.";
constexpr char kCleSiren[] = "n'est pas un SIRET : la clé de son SIREN est fausse.";
constexpr char kQuatorzeChiffres[] = "n'est pas un SIRET : un SIRET a 14 chiffres.";
constexpr char kSansIdentifiant[] = "ni SIRET ni numéro RNA du bénéficiaire";
constexpr char kFormeRna[] = "n'est pas un numéro RNA : il s'écrit W suivi de 9 caractères.";
constexpr char kVide[] = "la cellule est obligatoire";
constexpr char kMontant[] = "le montant est un nombre dont les décimales suivent un point";
constexpr char kNombre[] = "la part est un nombre dont les décimales suivent un point";
constexpr char kPart[] = "la part va de 0.01 à 1";
constexpr char kDate[] = "la date s'écrit AAAA-MM-JJ";
constexpr char kOuiNon[] = "la valeur est « oui » ou « non »";
constexpr char kPeriode[] = "la période s'écrit AAAA-MM-JJ ou AAAA-MM-JJ/AAAA-MM-JJ";
constexpr char kNature[] =
    "la nature est « aide en numéraire », « aide en nature », ou les deux avec un point-virgule";

// Line, column, value, reason: what the schema 2.1.1 refuses in the official example, beside the
// SIRET of the attribuant, which is false on every line.
const std::tuple<int64_t, std::string, std::string, std::string> kCellulesRefusees[] = {
    {2, "pourcentageSubvention", "100", kPart},
    {3, "pourcentageSubvention", "80", kPart},
    {4, "pourcentageSubvention", "80", kPart},
    {5, "dateConvention", "05/12/2016", kDate},
    {5, "idBeneficiaire", "44088714900000", kCleSiret},
    {5, "rnaBeneficiaire", "W3222", kFormeRna},
    {6, "idBeneficiaire", "32402138500000.0", kQuatorzeChiffres},
    {6, "montant", "100000,1", kMontant},
    {6, "notificationUE", "no", kOuiNon},
    {8, "datesPeriodeVersement", "2017-06-27_2018-06-27", kPeriode},
    {8, "idBeneficiaire", "67895644300011", kCleSiren},
    {8, "notificationUE", "yes", kOuiNon},
    {9, "idBeneficiaire", "", kSansIdentifiant},
    {9, "pourcentageSubvention", "0,5", kNombre},
    {10, "idBeneficiaire", "33496296600000", kCleSiret},
    {10, "montant", "", kVide},
    {11, "idBeneficiaire", "47782033600000", kCleSiret},
    {12, "rnaBeneficiaire", "W12455", kFormeRna},
    {13, "idBeneficiaire", "47858355200000", kCleSiret},
    {14, "idBeneficiaire", "32075384100000", kCleSiret},
    {15, "idBeneficiaire", "81439055500000", kCleSiret},
    {16, "idBeneficiaire", "49481873500000", kCleSiret},
    {16, "nature", "aide en numéraire,aide en nature", kNature},
    {17, "idBeneficiaire", "49481873500000", kCleSiret},
    {18, "idBeneficiaire", "42141813800000", kCleSiret},
    {20, "idBeneficiaire", "45032466000000", kCleSiret},
    {21, "idBeneficiaire", "48932287500000", kCleSiret},
    {22, "idBeneficiaire", "49973963900000", kCleSiret},
    {24, "idBeneficiaire", "37968222200000", kCleSiret},
    {25, "idBeneficiaire", "49823722100000", kCleSiret},
    {26, "idBeneficiaire", "34336304000000", kCleSiret},
    {27, "idBeneficiaire", "47972170000000", kCleSiren},
    {28, "idBeneficiaire", "44122976200000", kCleSiret},
    {30, "idBeneficiaire", "49817205500000", kCleSiret},
    {30, "rnaBeneficiaire", "W1234567", kFormeRna},
};

TEST(ScdlReelDetail, TheOfficialInvalidExampleIsRefusedCellByCell) {
  PDV_EXIGER_DONNEES_REELLES();
  const Fichier f = LireFichierScdl(DossierDonneesReelles() +
                                    "/" EXEMPLES "exemple_invalide_erreurs_cellules.csv");
  std::vector<std::tuple<int64_t, std::string, std::string, std::string>> refused;
  int64_t attribuants = 0;
  for (const Rangee& row : f.rangees) {
    for (const Constat& cell : row.rejets) {
      EXPECT_GT(cell.colonne, 0);
      if (cell.champ == "idAttribuant") {
        ++attribuants;
        EXPECT_EQ(cell.valeur, row.ligne == 7 ? "218601946" : "21860194600000");
        EXPECT_EQ(cell.motif, row.ligne == 7 ? kQuatorzeChiffres : kCleSiret);
      } else {
        refused.emplace_back(cell.ligne, cell.champ, cell.valeur, cell.motif);
      }
    }
  }
  EXPECT_EQ(attribuants, 29);
  EXPECT_THAT(refused, ::testing::UnorderedElementsAreArray(kCellulesRefusees));
}

INSTANTIATE_TEST_SUITE_P(Donnees, ScdlReel, ::testing::ValuesIn(kAttendus),
                         [](const auto& info) { return info.param.nom; });

}  // namespace
}  // namespace pdv::pdvctl
