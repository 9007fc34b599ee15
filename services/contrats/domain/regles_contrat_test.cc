#include "services/contrats/domain/regles_contrat.h"

#include "common/status/error.h"
#include "gtest/gtest.h"
#include "services/contrats/domain/dates.h"

namespace pdv::contrats {
namespace {

v1::Contrat Complet() {
  v1::Contrat contrat;
  contrat.set_name("contrats/cv110");
  contrat.set_code("CV110");
  *contrat.mutable_date_debut() = EnMessage(types::Date(2015, 1, 1));
  *contrat.mutable_date_fin() = EnMessage(types::Date(2020, 12, 31));
  contrat.add_signataires()->set_libelle("État");
  auto* holder = contrat.add_territoires();
  holder->set_territoire("epci/243400769");
  holder->set_role(v1::ROLE_TERRITOIRE_PORTEUR);
  return contrat;
}

TEST(VerifierContratTest, TellsEveryViolationAtOnce) {
  v1::Contrat contrat = Complet();
  EXPECT_TRUE(VerifierContrat(contrat).ok());
  contrat.set_code("CV111");
  *contrat.mutable_date_fin() = EnMessage(types::Date(2014, 12, 31));
  *contrat.mutable_territoires(0)->mutable_valide_du() = EnMessage(types::Date(2016, 1, 1));
  *contrat.mutable_territoires(0)->mutable_valide_au() = EnMessage(types::Date(2016, 1, 1));
  EXPECT_EQ(status::ViolationsOf(VerifierContrat(contrat)).size(), 3u);
}

TEST(VerifierSignableTest, NeedsDatesAHolderAndASignatory) {
  EXPECT_TRUE(VerifierSignable(Complet()).ok());
  const absl::Status status = VerifierSignable(v1::Contrat());
  EXPECT_EQ(status::ReasonOf(status), "CONTRAT_INCOMPLET");
  EXPECT_NE(status::MetadataOf(status, "reference_legale").find("2014-173"), std::string::npos);
}

TEST(ChangeLeSigneTest, ThePopulationOfTheRegisterIsNotSigned) {
  v1::Contrat after = Complet();
  after.set_population_qpv(12);
  EXPECT_FALSE(ChangeLeSigne(Complet(), after));
  after.mutable_signataires(0)->set_libelle("Région");
  EXPECT_TRUE(ChangeLeSigne(Complet(), after));
}

}  // namespace
}  // namespace pdv::contrats
