#include "services/pdvctl/lecture/table_csv.h"

#include <gmock/gmock.h>

#include <string>
#include <vector>

namespace pdv::pdvctl {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

struct Lu {
  TableCsv table;
  std::vector<LigneTable> lignes;
};

// The decoding outlives the table that looks at it.
class TableCsvTest : public ::testing::Test {
 protected:
  Lu Lire(std::string_view octets) {
    decodage_ = *Decoder(octets);
    Lu lu{*TableCsv::Ouvrir(decodage_), {}};
    while (auto ligne = lu.table.Suivante()) lu.lignes.push_back(*std::move(ligne));
    return lu;
  }
  Decodage decodage_;
};

TEST_F(TableCsvTest, SeparateursDetectes) {
  EXPECT_EQ(Lire("nom;montant\nA;1,5\n").table.separateur(), ';');
  EXPECT_EQ(Lire("nom,montant\nA,1.5\n").table.separateur(), ',');
  EXPECT_EQ(Lire("nom\tmontant\nA\t1,5\n").table.separateur(), '\t');
}

TEST_F(TableCsvTest, DesVirgulesDansLesTextesNeTrompentPas) {
  const auto lu = Lire("nom;objet\nA;achat, pose, peinture, vernis, bois\n");
  EXPECT_EQ(lu.table.separateur(), ';');
  EXPECT_THAT(lu.lignes, SizeIs(1));
}

TEST_F(TableCsvTest, LEnTeteALaVirguleGagneMemeQuandToutesSesLignesDebordent) {
  const auto lu = Lire("nom,objet,montant;;\nA,fête; bal,1 000,00;;\nB,prix; coupe,2 000,00;;\n");
  EXPECT_EQ(lu.table.separateur(), ',');
  EXPECT_THAT(lu.lignes, SizeIs(2));
}

TEST_F(TableCsvTest, TitreAvantLEnTete) {
  const auto lu = Lire("Subventions 2018, par association\n;;;\nNom;Ville;CP;Montant\nA;B;C;1\n");
  EXPECT_EQ(lu.table.ligne_entete(), 3);
  EXPECT_EQ(lu.table.passees().prologue, 1);
  EXPECT_EQ(lu.table.passees().vides, 1);
  EXPECT_THAT(lu.lignes, SizeIs(1));
}

TEST_F(TableCsvTest, EnTetesRepeteesEtLignesVides) {
  const auto lu = Lire("nom;montant\nA;1\n;\n\nnom;montant\nB;2\n");
  EXPECT_THAT(lu.lignes, SizeIs(2));
  EXPECT_EQ(lu.table.passees().vides, 2);
  EXPECT_EQ(lu.table.passees().entetes_repetees, 1);
  EXPECT_EQ(lu.lignes[1].ligne, 6);
}

TEST_F(TableCsvTest, VirguleDecimaleSansGuillemetsEstRejeteeJamaisDevinee) {
  const auto lu = Lire("nom,montant,nature\nA,28\u00A0000,00,aide\nB,5,aide\nC,5\n");
  ASSERT_THAT(lu.lignes, SizeIs(3));
  EXPECT_EQ(lu.lignes[0].motif, "4 cellules pour 3 colonnes");
  EXPECT_EQ(lu.lignes[0].ligne, 2);
  EXPECT_EQ(lu.lignes[1].motif, "");
  EXPECT_EQ(lu.lignes[2].motif, "2 cellules pour 3 colonnes");
  EXPECT_EQ(lu.lignes[0].cellules_manquantes, 0u);
  EXPECT_EQ(lu.lignes[2].cellules_manquantes, 1u);
}

TEST_F(TableCsvTest, UneCelluleVideDeTropEstAussiRejetee) {
  // With a decimal comma before it, the row would look right and be shifted.
  EXPECT_EQ(Lire("nom,montant,taux\nA,1 000,00,\n").lignes[0].motif, "4 cellules pour 3 colonnes");
}

TEST_F(TableCsvTest, ColonnesEnDoubleNeSontJamaisChoisies) {
  const auto lu = Lire("nom;Montant;montant\nA;1;2\n");
  EXPECT_THAT(lu.table.ColonnesEnDouble(), ElementsAre("montant"));
  EXPECT_EQ(lu.table.Colonne("montant").status().code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(*lu.table.Colonne("nom"), 0u);
  EXPECT_EQ(lu.table.Colonne("siret").status().code(), absl::StatusCode::kNotFound);
}

TEST_F(TableCsvTest, EnTeteSurPlusieursLignes) {
  const auto lu = Lire("Ville;\"Montant\nvoté (1)\"\nA;1\n");
  EXPECT_EQ(lu.table.colonnes()[1], "Montant voté (1)");
  EXPECT_EQ(*lu.table.Colonne("montant_vote_1"), 1u);
  EXPECT_EQ(lu.lignes[0].ligne, 3);
}

TEST_F(TableCsvTest, LesDommagesSuiventLeurLigne) {
  const auto lu = Lire("nom;ville\nA;B\nC\uFFFD;D\n");
  EXPECT_THAT(lu.lignes[0].dommages, IsEmpty());
  ASSERT_THAT(lu.lignes[1].dommages, SizeIs(1));
  EXPECT_EQ(lu.lignes[1].dommages[0].colonne, 2);
}

TEST_F(TableCsvTest, SansEnTeteRienNEstLu) {
  for (const std::string texte : {"", "seul\n1\n", "1;2\n3;4\n"}) {
    const auto decodage = *Decoder(texte);
    EXPECT_EQ(TableCsv::Ouvrir(decodage).status().code(), absl::StatusCode::kInvalidArgument)
        << texte;
  }
}

TEST(Entete, Normalisation) {
  EXPECT_EQ(NormaliserEntete("Nom de l'organisme bénéficiaire"), "nom_de_l_organisme_beneficiaire");
  EXPECT_EQ(NormaliserEntete(" Code œuvre N° 2 "), "code_oeuvre_n_2");
  EXPECT_EQ(NormaliserEntete("idBeneficiaire"), "idbeneficiaire");
  EXPECT_EQ(NormaliserEntete("€"), "");
}

}  // namespace
}  // namespace pdv::pdvctl
