#include "services/contrats/domain/avenants.h"

#include "common/status/error.h"
#include "gtest/gtest.h"
#include "services/contrats/domain/dates.h"

namespace pdv::contrats {
namespace {

v1::Contrat EnVigueur() {
  v1::Contrat contrat;
  contrat.set_name("contrats/cv110");
  contrat.set_code("CV110");
  contrat.set_libelle("Contrat de ville");
  contrat.add_signataires()->set_libelle("État");
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

TEST(QuartierTest, AQuartierComesBackAfterItWentOut) {
  v1::Contrat contrat = EnVigueur();
  *contrat.mutable_territoires(0)->mutable_valide_au() = EnMessage(types::Date(2018, 1, 1));
  auto back = AppliquerAvenant(De(v1::TYPE_AVENANT_AJOUT_QUARTIER, {"qpv/qp034001"}), contrat);
  ASSERT_TRUE(back.ok()) << back.status();
  EXPECT_EQ(back->territoires_size(), 2);
  // Not while it still is in.
  *contrat.mutable_territoires(0)->mutable_valide_au() = EnMessage(types::Date(2019, 1, 2));
  EXPECT_FALSE(
      AppliquerAvenant(De(v1::TYPE_AVENANT_AJOUT_QUARTIER, {"qpv/qp034001"}), contrat).ok());
}

TEST(QuartierTest, NoneIsCitedTwiceAndNoneGoesOutBeforeItCameIn) {
  EXPECT_FALSE(
      AppliquerAvenant(De(v1::TYPE_AVENANT_AJOUT_QUARTIER, {"qpv/qp034002", "qpv/qp034002"}),
                       EnVigueur())
          .ok());
  v1::Contrat contrat = EnVigueur();
  *contrat.mutable_territoires(0)->mutable_valide_du() = EnMessage(types::Date(2019, 1, 1));
  EXPECT_FALSE(
      AppliquerAvenant(De(v1::TYPE_AVENANT_RETRAIT_QUARTIER, {"qpv/qp034001"}), contrat).ok());
}

TEST(AutreTest, ChangesTheTextAndNothingElse) {
  v1::Avenant avenant = De(v1::TYPE_AVENANT_AUTRE);
  avenant.add_signataires()->set_libelle("Région Occitanie");
  auto* engagement = avenant.add_engagements();
  engagement->set_signataire("Région Occitanie");
  engagement->set_texte("Mobiliser le droit commun");
  avenant.add_orientations()->set_code("1");
  avenant.set_nouveau_libelle("Contrat de ville rénové");
  auto after = AppliquerAvenant(avenant, EnVigueur());
  ASSERT_TRUE(after.ok()) << after.status();
  EXPECT_EQ(after->signataires_size(), 2);
  EXPECT_EQ(after->engagements_size(), 1);
  EXPECT_EQ(after->orientations_size(), 1);
  EXPECT_EQ(after->libelle(), "Contrat de ville rénové");
  EXPECT_EQ(DateDe(after->date_fin()), DateDe(EnVigueur().date_fin()));
  // A commitment of somebody who does not sign.
  avenant.mutable_engagements(0)->set_signataire("Département");
  EXPECT_EQ(status::ReasonOf(VerifierAvenant(avenant, EnVigueur())), "AVENANT_INVALIDE");
}

TEST(AvenantTest, BearsNothingOfAnotherType) {
  for (v1::TypeAvenant type : {v1::TYPE_AVENANT_AJOUT_QUARTIER, v1::TYPE_AVENANT_AUTRE}) {
    v1::Avenant avenant = De(type, {"qpv/qp034002"});
    *avenant.mutable_nouvelle_date_fin() = EnMessage(types::Date(2022, 12, 31));
    EXPECT_FALSE(VerifierAvenant(avenant, EnVigueur()).ok()) << type;
  }
  v1::Avenant prorogation = De(v1::TYPE_AVENANT_PROROGATION);
  *prorogation.mutable_nouvelle_date_fin() = EnMessage(types::Date(2022, 12, 31));
  ASSERT_TRUE(VerifierAvenant(prorogation, EnVigueur()).ok());
  prorogation.set_nouveau_libelle("Autre");
  EXPECT_FALSE(VerifierAvenant(prorogation, EnVigueur()).ok());
}

TEST(AvenantTest, TakesEffectWhileTheContratRuns) {
  v1::Avenant avenant = De(v1::TYPE_AVENANT_AUTRE);
  const std::pair<types::Date, bool> cases[] = {{types::Date(2014, 12, 31), false},
                                                {types::Date(2015, 1, 1), true},
                                                {types::Date(2021, 1, 1), true},
                                                {types::Date(2021, 1, 2), false}};
  for (auto [effet, allowed] : cases) {
    *avenant.mutable_date_effet() = EnMessage(effet);
    EXPECT_EQ(VerifierAvenant(avenant, EnVigueur()).ok(), allowed) << types::FormaterDate(effet);
  }
}

TEST(AvenantTest, TellsEveryRuleThatItBreaks) {
  v1::Avenant avenant = De(v1::TYPE_AVENANT_PROROGATION, {"qpv/qp034002"});
  const absl::Status refused = VerifierAvenant(avenant, EnVigueur());
  EXPECT_NE(refused.message().find("nouvelle date de fin"), absl::string_view::npos);
  EXPECT_NE(refused.message().find("cite des quartiers"), absl::string_view::npos);
  EXPECT_NE(status::MetadataOf(refused, "reference_legale").find("2014-173"), std::string::npos);
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
