#include "services/contrats/domain/avenants.h"

#include "common/status/error.h"
#include "gtest/gtest.h"
#include "services/contrats/domain/dates.h"

namespace pdv::contrats {
namespace {

v1::Contrat EnVigueur() {
  v1::Contrat contrat;
  contrat.set_etat(v1::ETAT_CONTRAT_EN_VIGUEUR);
  *contrat.mutable_date_debut() = EnMessage(types::Date(2015, 1, 1));
  *contrat.mutable_date_fin() = EnMessage(types::Date(2020, 12, 31));
  auto* quartier = contrat.add_territoires();
  quartier->set_territoire("qpv/qp034001");
  quartier->set_role(v1::ROLE_TERRITOIRE_QUARTIER);
  *quartier->mutable_valide_du() = EnMessage(types::Date(2015, 1, 1));
  return contrat;
}

v1::Avenant De(v1::TypeAvenant type, std::initializer_list<const char*> quartiers = {}) {
  v1::Avenant avenant;
  avenant.set_type(type);
  *avenant.mutable_date_effet() = EnMessage(types::Date(2019, 1, 1));
  for (const char* qpv : quartiers) avenant.add_quartiers(qpv);
  return avenant;
}

TEST(ProrogationTest, MovesTheEndLaterOnly) {
  v1::Avenant avenant = De(v1::TYPE_AVENANT_PROROGATION);
  EXPECT_FALSE(AppliquerAvenant(avenant, EnVigueur()).ok());
  *avenant.mutable_nouvelle_date_fin() = EnMessage(types::Date(2020, 12, 31));
  EXPECT_EQ(status::ReasonOf(AppliquerAvenant(avenant, EnVigueur()).status()), "AVENANT_INVALIDE");
  *avenant.mutable_nouvelle_date_fin() = EnMessage(types::Date(2022, 12, 31));
  auto after = AppliquerAvenant(avenant, EnVigueur());
  ASSERT_TRUE(after.ok());
  EXPECT_EQ(DateDe(after->date_fin()), types::Date(2022, 12, 31));
}

TEST(QuartierTest, AnAddedQuartierBeginsAndARemovedOneEnds) {
  auto added = AppliquerAvenant(De(v1::TYPE_AVENANT_AJOUT_QUARTIER, {"qpv/qp034002"}), EnVigueur());
  ASSERT_TRUE(added.ok());
  ASSERT_EQ(added->territoires_size(), 2);
  EXPECT_EQ(DateDe(added->territoires(1).valide_du()), types::Date(2019, 1, 1));
  auto removed =
      AppliquerAvenant(De(v1::TYPE_AVENANT_RETRAIT_QUARTIER, {"qpv/qp034001"}), EnVigueur());
  ASSERT_TRUE(removed.ok());
  EXPECT_EQ(removed->territoires_size(), 1);
  EXPECT_EQ(DateDe(removed->territoires(0).valide_au()), types::Date(2019, 1, 1));
}

TEST(QuartierTest, WhatIsThereIsNotAddedAndWhatIsNotIsNotRemoved) {
  EXPECT_FALSE(
      AppliquerAvenant(De(v1::TYPE_AVENANT_AJOUT_QUARTIER, {"qpv/qp034001"}), EnVigueur()).ok());
  EXPECT_FALSE(
      AppliquerAvenant(De(v1::TYPE_AVENANT_RETRAIT_QUARTIER, {"qpv/qp034002"}), EnVigueur()).ok());
  EXPECT_FALSE(AppliquerAvenant(De(v1::TYPE_AVENANT_AJOUT_QUARTIER), EnVigueur()).ok());
}

TEST(AvenantTest, OnlyASignedAndOpenContratIsAmended) {
  v1::Contrat contrat = EnVigueur();
  contrat.set_etat(v1::ETAT_CONTRAT_PROJET);
  EXPECT_FALSE(VerifierAvenant(De(v1::TYPE_AVENANT_AUTRE), contrat).ok());
  contrat.set_etat(v1::ETAT_CONTRAT_CLOS);
  EXPECT_FALSE(VerifierAvenant(De(v1::TYPE_AVENANT_AUTRE), contrat).ok());
  contrat.set_etat(v1::ETAT_CONTRAT_SIGNE);
  EXPECT_TRUE(VerifierAvenant(De(v1::TYPE_AVENANT_AUTRE), contrat).ok());
}

}  // namespace
}  // namespace pdv::contrats
