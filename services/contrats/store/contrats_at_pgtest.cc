#include "services/contrats/api/banc_pgtest.h"
#include "services/contrats/domain/dates.h"
#include "services/contrats/store/contrats_at.h"

namespace pdv::contrats {
namespace {

class ContratsAtTest : public Banc {
 protected:
  ContratsAtTest() { PoserTerritoires(); }
  // The names, each followed by a space.
  std::string Du(const char* territoire, types::Date date) {
    v1::ContratsAtRequest request;
    request.set_territoire(territoire);
    *request.mutable_date() = EnMessage(date);
    auto answer = Appeler<v1::ContratsAtResponse>("ContratsAt", request);
    EXPECT_TRUE(answer.ok()) << answer.status();
    std::string names;
    for (const v1::Contrat& contrat : answer->contrats()) names += contrat.name() + " ";
    return names;
  }
};

TEST_F(ContratsAtTest, OnTheDaysOfTheContratAndOfTheTerritoryInIt) {
  v1::Contrat contrat = Projet();
  auto* quartier = contrat.add_territoires();
  quartier->set_territoire("qpv/qn03401m");
  quartier->set_role(v1::ROLE_TERRITOIRE_QUARTIER);
  *quartier->mutable_valide_du() = EnMessage(types::Date(2025, 1, 1));
  *quartier->mutable_valide_au() = EnMessage(types::Date(2027, 1, 1));
  Creer(contrat);
  EXPECT_EQ(Du("epci/243400017", types::Date(2024, 1, 1)), "contrats/cn03401m ");
  EXPECT_EQ(Du("epci/243400017", types::Date(2023, 12, 31)), "");
  EXPECT_EQ(Du("epci/243400017", types::Date(2030, 12, 31)), "contrats/cn03401m ");
  EXPECT_EQ(Du("epci/243400017", types::Date(2031, 1, 1)), "");
  EXPECT_EQ(Du("qpv/qn03401m", types::Date(2024, 12, 31)), "");
  EXPECT_EQ(Du("qpv/qn03401m", types::Date(2025, 1, 1)), "contrats/cn03401m ");
  EXPECT_EQ(Du("qpv/qn03401m", types::Date(2027, 1, 1)), "");
  EXPECT_EQ(Du("qpv/qp034001", types::Date(2025, 1, 1)), "");
}

TEST_F(ContratsAtTest, SeveralContratsByNameAndNoneThatWasDeleted) {
  v1::Contrat second = Projet();
  second.set_name("contrats/cv110");
  second.set_code("CV110");
  Creer(second);
  Creer(Projet());
  EXPECT_EQ(Du("epci/243400017", types::Date(2025, 1, 1)), "contrats/cn03401m contrats/cv110 ");
  v1::DeleteContratRequest erase;
  erase.set_name("contrats/cv110");
  ASSERT_TRUE(Appeler<v1::Contrat>("DeleteContrat", erase).ok());
  EXPECT_EQ(Du("epci/243400017", types::Date(2025, 1, 1)), "contrats/cn03401m ");
}

}  // namespace
}  // namespace pdv::contrats
