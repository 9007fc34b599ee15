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

std::vector<std::string> Raisons(const v1::Contrat& contrat) {
  std::vector<std::string> reasons;
  for (const auto& violation : status::ViolationsOf(VerifierContrat(contrat)))
    reasons.push_back(violation.field + " " + violation.reason);
  return reasons;
}

v1::Territoire* Ajouter(v1::Contrat& contrat, const char* name, v1::RoleTerritoire role) {
  v1::Territoire* added = contrat.add_territoires();
  added->set_territoire(name);
  added->set_role(role);
  return added;
}

TEST(TerritoiresTest, AQpvIsAQuartierAndNothingElseIs) {
  v1::Contrat contrat = Complet();
  Ajouter(contrat, "qpv/qp034001", v1::ROLE_TERRITOIRE_QUARTIER);
  Ajouter(contrat, "communes/34172", v1::ROLE_TERRITOIRE_MEMBRE);
  EXPECT_TRUE(VerifierContrat(contrat).ok());
  Ajouter(contrat, "qpv/qp034002", v1::ROLE_TERRITOIRE_PORTEUR);
  Ajouter(contrat, "epci/243400017", v1::ROLE_TERRITOIRE_QUARTIER);
  EXPECT_EQ(Raisons(contrat),
            (std::vector<std::string>{"territoires[3].role TERRITOIRE_INCOHERENT",
                                      "territoires[4].role TERRITOIRE_INCOHERENT"}));
}

TEST(TerritoiresTest, SeveralHoldersButEachOnceAtATime) {
  v1::Contrat contrat = Complet();
  Ajouter(contrat, "epci/200066355", v1::ROLE_TERRITOIRE_PORTEUR);
  EXPECT_TRUE(VerifierContrat(contrat).ok());
  // The same again, after the first one ended: nothing is overwritten.
  *contrat.mutable_territoires(1)->mutable_valide_au() = EnMessage(types::Date(2017, 1, 1));
  v1::Territoire* again = Ajouter(contrat, "epci/200066355", v1::ROLE_TERRITOIRE_PORTEUR);
  *again->mutable_valide_du() = EnMessage(types::Date(2017, 1, 1));
  EXPECT_TRUE(VerifierContrat(contrat).ok());
  *again->mutable_valide_du() = EnMessage(types::Date(2016, 12, 31));
  EXPECT_EQ(Raisons(contrat),
            std::vector<std::string>{"territoires[2].territoire TERRITOIRE_INCOHERENT"});
}

TEST(TexteTest, CodesAreToldApartAndCommitmentsAreThoseOfSignatories) {
  v1::Contrat contrat = Complet();
  for (const char* code : {"1", "2", "1"}) contrat.add_orientations()->set_code(code);
  for (const char* code : {"1.1", "1.1"})
    contrat.mutable_orientations(0)->add_objectifs()->set_code(code);
  contrat.add_engagements()->set_signataire("État");
  contrat.add_engagements()->set_signataire("CAF");
  EXPECT_EQ(Raisons(contrat),
            (std::vector<std::string>{"orientations[2].code CODE_INCOHERENT",
                                      "orientations[0].objectifs[1].code CODE_INCOHERENT",
                                      "engagements[1].signataire CODE_INCOHERENT"}));
}

TEST(VerifierProjetTest, AProjectIsNotDated) {
  v1::Contrat contrat = Complet();
  EXPECT_TRUE(VerifierProjet(contrat).ok());
  *contrat.mutable_date_signature() = EnMessage(types::Date(2015, 6, 30));
  EXPECT_FALSE(VerifierProjet(contrat).ok());
}

TEST(DateSignatureTest, NeitherInTheFutureNorBeforeTheContrat) {
  const types::Date today(2024, 6, 1), premiere(2024, 3, 1);
  EXPECT_TRUE(VerifierDateSignature(today, nullptr, today).ok());
  EXPECT_FALSE(VerifierDateSignature(today + 1, nullptr, today).ok());
  EXPECT_TRUE(VerifierDateSignature(premiere, &premiere, today).ok());
  EXPECT_EQ(status::ReasonOf(VerifierDateSignature(premiere - 1, &premiere, today)),
            "DATES_INCOHERENTES");
}

TEST(TerritoiresNouveauxTest, OnlyThoseThatWereNotCited) {
  v1::Contrat after = Complet();
  Ajouter(after, "qpv/qp034001", v1::ROLE_TERRITOIRE_QUARTIER);
  Ajouter(after, "qpv/qp034001", v1::ROLE_TERRITOIRE_QUARTIER);
  const v1::Contrat before = Complet();
  EXPECT_EQ(TerritoiresNouveaux(&before, after), std::vector<std::string>{"qpv/qp034001"});
  EXPECT_EQ(TerritoiresNouveaux(nullptr, after).size(), 2u);
}

TEST(VerifierSignableTest, TheHolderHoldsOnTheFirstDay) {
  v1::Contrat contrat = Complet();
  *contrat.mutable_territoires(0)->mutable_valide_du() = EnMessage(types::Date(2016, 1, 1));
  EXPECT_EQ(status::ReasonOf(VerifierSignable(contrat)), "CONTRAT_INCOMPLET");
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
  after.set_libelle("Un autre titre");
  EXPECT_TRUE(ChangeLeSigne(Complet(), after));
  after = Complet();
  after.mutable_signataires(0)->set_libelle("Région");
  EXPECT_TRUE(ChangeLeSigne(Complet(), after));
}

}  // namespace
}  // namespace pdv::contrats
