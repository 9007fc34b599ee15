// What registers bring, on a real database.
#include "absl/strings/str_cat.h"
#include "common/status/error.h"
#include "services/contrats/api/banc_pgtest.h"
#include "services/contrats/domain/dates.h"

namespace pdv::contrats {
namespace {

class ImportationTest : public Banc {
 protected:
  ImportationTest() { PoserTerritoires(); }

  static v1::Contrat DuRegistre(const char* code, int debut, int fin) {
    v1::Contrat contrat;
    contrat.set_code(code);
    contrat.set_name(absl::StrCat("contrats/cv", code + 2));
    contrat.set_libelle("34 - Un contrat de ville");
    contrat.set_generation("2015-2023");
    contrat.add_departements("departements/34");
    *contrat.mutable_date_debut() = EnMessage(types::Date(debut, 1, 1));
    *contrat.mutable_date_fin() = EnMessage(types::Date(fin, 12, 31));
    auto* holder = contrat.add_territoires();
    holder->set_territoire("epci/240100628");  // merged since
    holder->set_role(v1::ROLE_TERRITOIRE_PORTEUR);
    contrat.set_population_qpv(1000);
    return contrat;
  }
  commun::type::v1::RapportImport ImporterContrats(const std::vector<v1::Contrat>& contrats) {
    v1::ImporterContratsRequest request;
    for (const v1::Contrat& contrat : contrats) *request.add_contrats() = contrat;
    return Importer<v1::ImporterContratsRequest>("ImporterContrats", {request});
  }
};

TEST_F(ImportationTest, PastContratsArriveSignedWithTheStateOfTheirDates) {
  const auto report =
      ImporterContrats({DuRegistre("CV108", 2015, 2023), DuRegistre("CV109", 2015, 2120),
                        DuRegistre("CV110", 2110, 2120)});
  EXPECT_EQ(report.crees(), 3);
  EXPECT_EQ(report.rejetes(), 0) << report.ShortDebugString();
  EXPECT_EQ(Lire("SELECT string_agg(etat, ' ' ORDER BY name) FROM contrat"),
            "CLOS EN_VIGUEUR SIGNE");
  EXPECT_EQ(Lire("SELECT string_agg(name, ' ' ORDER BY name) FROM revision_contrat"),
            "contrats/cv108/revisions/1 contrats/cv109/revisions/1 contrats/cv110/revisions/1");
  EXPECT_EQ(Lire("SELECT regions[1] FROM contrat LIMIT 1"), "regions/76");
}

TEST_F(ImportationTest, ASecondLoadChangesNothingAndADifferentRowIsRefusedAlone) {
  v1::Contrat other = DuRegistre("CV109", 2015, 2023);
  ASSERT_EQ(ImporterContrats({DuRegistre("CV108", 2015, 2023), other}).crees(), 2);
  const std::string before = Lire("SELECT count(*) FROM journal");
  EXPECT_EQ(ImporterContrats({DuRegistre("CV108", 2015, 2023), other}).inchanges(), 2);
  EXPECT_EQ(Lire("SELECT count(*) FROM journal"), before);

  v1::Contrat counted = DuRegistre("CV108", 2015, 2023);
  counted.set_population_qpv(1001);
  *other.mutable_date_fin() = EnMessage(types::Date(2022, 12, 31));
  const auto report = ImporterContrats({other, counted});
  EXPECT_EQ(report.lus(), 2);
  EXPECT_EQ(report.modifies(), 1);
  EXPECT_EQ(report.rejetes(), 1);
  ASSERT_EQ(report.constats_size(), 1);
  EXPECT_EQ(report.constats(0).rang(), 0);
  EXPECT_EQ(report.constats(0).raison(), "CONTRAT_SIGNE");
  EXPECT_EQ(report.constats(0).name(), "contrats/cv109");
  EXPECT_EQ(Lire("SELECT date_fin FROM contrat WHERE name = 'contrats/cv109'"), "2023-12-31");
}

TEST_F(ImportationTest, ARegisterCitesKnownQuartiers) {
  v1::Contrat contrat = DuRegistre("CV108", 2015, 2023);
  auto* quartier = contrat.add_territoires();
  quartier->set_territoire("qpv/qp034001");
  quartier->set_role(v1::ROLE_TERRITOIRE_QUARTIER);
  EXPECT_EQ(ImporterContrats({contrat}).crees(), 1);
  v1::Contrat unknown = DuRegistre("CV109", 2015, 2023);
  *unknown.add_territoires() = *quartier;
  unknown.mutable_territoires(1)->set_territoire("qpv/qp034999");
  const auto report = ImporterContrats({unknown});
  ASSERT_EQ(report.constats_size(), 1);
  EXPECT_EQ(report.constats(0).raison(), "TERRITOIRE_INCOHERENT");
}

TEST_F(ImportationTest, AQuartierTellsItsGeneration) {
  EXPECT_EQ(Lire("SELECT string_agg(generation, ' ' ORDER BY name) FROM qpv"),
            "2024-2030 2015-2023");
}

TEST_F(ImportationTest, NamesThatLieAreRefusedRowByRow) {
  v1::ImporterCommunesRequest request;
  auto* good = request.add_communes();
  good->set_name("communes/34003");
  good->set_code("34003");
  good->set_libelle("Agde");
  good->set_type("COM");
  *request.add_communes() = *good;
  request.mutable_communes(1)->set_name("communes/34004");
  const auto report = Importer<v1::ImporterCommunesRequest>("ImporterCommunes", {request});
  EXPECT_EQ(report.crees(), 1);
  ASSERT_EQ(report.constats_size(), 1);
  EXPECT_EQ(report.constats(0).raison(), "CODE_INCOHERENT");
  EXPECT_EQ(report.constats(0).champ(), "code");
}

TEST_F(ImportationTest, TheCrosswalkNeverSharesOutMoreThanTheWhole) {
  v1::ImporterQpvsRequest qpvs;
  for (const char* code : {"QN03402M", "QN03403M"}) {
    auto* qpv = qpvs.add_qpvs();
    qpv->set_code(code);
    qpv->set_name(absl::StrCat("qpv/qn", code + 2));
    qpv->mutable_name()->back() = 'm';
    qpv->set_libelle("Centre Ville");
  }
  ASSERT_EQ(Importer<v1::ImporterQpvsRequest>("ImporterQpvs", {qpvs}).crees(), 2);
  auto passage = [](const char* nouveau, int part) {
    v1::Passage row;
    row.set_name(absl::StrCat("passages/qp034001-", nouveau));
    row.set_ancien("qpv/qp034001");
    row.set_nouveau(absl::StrCat("qpv/", nouveau));
    row.set_part_points(part);
    return row;
  };
  v1::ImporterPassagesRequest request;
  *request.add_passages() = passage("qn03401m", 6000);
  *request.add_passages() = passage("qn03402m", 4000);
  *request.add_passages() = passage("qn03403m", 1);
  const auto report = Importer<v1::ImporterPassagesRequest>("ImporterPassages", {request});
  EXPECT_EQ(report.crees(), 2);
  ASSERT_EQ(report.constats_size(), 1);
  EXPECT_EQ(report.constats(0).raison(), "PARTS_EXCESSIVES");
  // A part gives way to another.
  v1::ImporterPassagesRequest second;
  *second.add_passages() = passage("qn03401m", 5000);
  *second.add_passages() = passage("qn03403m", 1000);
  const auto again = Importer<v1::ImporterPassagesRequest>("ImporterPassages", {second});
  EXPECT_EQ(again.modifies(), 1);
  EXPECT_EQ(again.crees(), 1);
  EXPECT_EQ(Lire("SELECT sum(part_points) FROM passage"), "10000");
}

TEST_F(ImportationTest, ATreeIsPlacedAsItComes) {
  v1::ImporterNomenclaturesRequest nomenclatures;
  auto* nomenclature = nomenclatures.add_nomenclatures();
  nomenclature->set_name("nomenclatures/national-2026");
  nomenclature->set_libelle("Thématiques nationales 2026");
  nomenclature->set_generation("2026");
  ASSERT_EQ(
      Importer<v1::ImporterNomenclaturesRequest>("ImporterNomenclatures", {nomenclatures}).crees(),
      1);
  const std::string prefix = "nomenclatures/national-2026/thematiques/";
  v1::ImporterThematiquesRequest request;
  for (const auto& [id, parent] : {std::pair{"1", ""}, {"1-1", "1"}, {"1-1a", "1-1"}, {"9", "8"}}) {
    auto* node = request.add_thematiques();
    node->set_name(prefix + id);
    node->set_code(id);
    node->set_libelle(id);
    if (*parent != '\0') node->set_parent(prefix + parent);
  }
  const auto report = Importer<v1::ImporterThematiquesRequest>("ImporterThematiques", {request});
  EXPECT_EQ(report.crees(), 3);
  ASSERT_EQ(report.constats_size(), 1);
  EXPECT_EQ(report.constats(0).raison(), "REFERENCE_INCONNUE");
  EXPECT_EQ(Lire("SELECT niveau || ' ' || pilier FROM thematique WHERE code = '1-1a'"),
            "3 " + prefix + "1");
  // A node never moves.
  v1::ImporterThematiquesRequest moved;
  *moved.add_thematiques() = request.thematiques(2);
  moved.mutable_thematiques(0)->set_parent(prefix + "1");
  const auto refused = Importer<v1::ImporterThematiquesRequest>("ImporterThematiques", {moved});
  ASSERT_EQ(refused.constats_size(), 1);
  EXPECT_EQ(refused.constats(0).raison(), "CHAMP_IMMUABLE");
}

}  // namespace
}  // namespace pdv::contrats
