// Published attributions through the methods, on a real database.
#include "common/status/error.h"
#include "gmock/gmock.h"
#include "services/financement/api/essai_pgtest.h"

namespace pdv::financement {
namespace {

class SubventionsTest : public FinancementTest {
 protected:
  static v1::Subvention Subvention(const std::string& id, int64_t centimes, int rang = 1) {
    v1::Subvention s;
    s.set_name("subventions/" + id);
    s.set_attribuant("ANTIBES");
    s.set_attribuant_siret("21060004500392");
    s.mutable_date_convention()->set_year(2023);
    s.mutable_date_convention()->set_month(4);
    s.mutable_date_convention()->set_day(14);
    s.set_beneficiaire("CLUB");
    s.set_beneficiaire_siret("52499120500013");
    s.set_objet("Fonctionnement");
    s.set_montant_centimes(centimes);
    s.set_nature(v1::NATURE_SUBVENTION_NUMERAIRE);
    s.set_conditions_versement("unique");
    s.set_periode_versement("2023-05-01/2023-12-31");
    s.set_part_points(10000);
    s.set_rang(rang);
    return s;
  }
  commun::type::v1::RapportImport Importer(const std::vector<v1::Subvention>& rows) {
    v1::ImporterSubventionsRequest request;
    for (const v1::Subvention& row : rows) *request.add_subventions() = row;
    const auto report =
        service_.Import<v1::ImporterSubventionsRequest>("ImporterSubventions", {request});
    EXPECT_TRUE(report.ok()) << report.status();
    return report.ok() ? *report : commun::type::v1::RapportImport();
  }
};

TEST_F(SubventionsTest, ReadTwiceTheyAreTheSame) {
  EXPECT_EQ(Importer({Subvention("a", 100'00), Subvention("b", 200'00, 2)}).crees(), 2);
  EXPECT_EQ(Importer({Subvention("a", 100'00), Subvention("b", 250'00, 2)}).inchanges(), 1);
  v1::GetSubventionRequest get;
  get.set_name("subventions/b");
  const auto read = service_.Call<v1::Subvention>("GetSubvention", get);
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_EQ(read->montant_centimes(), 250'00);
  v1::ListSubventionsRequest list;
  list.set_filter("beneficiaire_siret = \"52499120500013\"");
  const auto page = service_.Call<v1::ListSubventionsResponse>("ListSubventions", list);
  ASSERT_TRUE(page.ok()) << page.status();
  EXPECT_EQ(page->subventions_size(), 2);
}

TEST_F(SubventionsTest, AnotherNameDoesNotDoubleIt) {
  ASSERT_EQ(Importer({Subvention("a", 100'00)}).crees(), 1);
  const auto report = Importer({Subvention("autre", 100'00), Subvention("c", 1'00, 2)});
  EXPECT_EQ(report.rejetes(), 1);
  EXPECT_EQ(report.crees(), 1);
  ASSERT_EQ(report.constats_size(), 1);
  EXPECT_EQ(report.constats(0).raison(), "SUBVENTION_EXISTANTE");
}

TEST_F(SubventionsTest, WhatItIsNeverChangesAndItSaysWhoReceives) {
  ASSERT_EQ(Importer({Subvention("a", 100'00)}).crees(), 1);
  v1::Subvention moved = Subvention("a", 100'00);
  moved.set_objet("Autre chose");
  v1::Subvention nobody = Subvention("b", 100'00);
  nobody.clear_beneficiaire_siret();
  const auto report = Importer({moved, nobody});
  ASSERT_EQ(report.rejetes(), 2);
  EXPECT_EQ(report.constats(0).raison(), "CHAMP_IMMUABLE");
  EXPECT_EQ(report.constats(1).raison(), "BENEFICIAIRE_MANQUANT");
  EXPECT_EQ(service_.Number("SELECT count(*) FROM subvention"), 1);
  EXPECT_FALSE(
      service_.sql().Script("UPDATE subvention SET beneficiaire_siret = NULL, revision = 9").ok());
}

}  // namespace
}  // namespace pdv::financement
