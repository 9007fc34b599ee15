#include "services/gateway/domain/composer_tableau.h"

#include "gtest/gtest.h"

namespace pdv::gateway {
namespace {

const std::string kP = "nomenclatures/piliers-2015-2023/thematiques/";
const std::string kN = "nomenclatures/national-2020-2023/thematiques/";

contrats::v1::Thematique Theme(const std::string& name, const std::string& pilier, int ref = 0) {
  contrats::v1::Thematique theme;
  theme.set_name(name);
  theme.set_pilier(pilier);
  if (ref > 0) theme.set_part_reference_points(ref);
  return theme;
}

void Sum(Matiere& m, const std::string& axe, const std::string& cle, int64_t specifiques,
         const std::string& contrat = "", int64_t droit_commun = 0) {
  auto* sum = m.agregats.add_agregats();
  sum->set_exercice(2023);
  sum->set_axe(axe);
  sum->set_cle(cle);
  sum->set_contrat(contrat);
  sum->set_vote_specifiques_centimes(specifiques);
  sum->set_vote_droit_commun_centimes(droit_commun);
  sum->set_nb_lignes(1);
}

Matiere Herault() {
  Matiere m;
  m.demande.set_perimetre("departements/34");
  m.demande.set_exercice_debut(2023);
  m.thematiques = {Theme(kP + "cohesion-sociale", kP + "cohesion-sociale", 8000),
                   Theme(kP + "education", kP + "cohesion-sociale"),
                   Theme(kP + "cadre-de-vie", kP + "cadre-de-vie", 200),
                   Theme(kN + "1-1", kN + "1")};
  contrats::v1::Correspondance link;
  link.set_source(kN + "1-1");
  link.set_cible(kP + "education");
  m.correspondances = {link};
  m.financeurs_etat = {"financeurs/etat"};
  Sum(m, "total", "", 10'000, "", 5'000);
  Sum(m, "thematique", kP + "education", 6'000, "", 5'000);
  Sum(m, "thematique", kN + "1-1", 3'000);
  Sum(m, "thematique", kP + "cadre-de-vie", 1'000);
  Sum(m, "financeur", "financeurs/etat", 10'000);
  Sum(m, "financeur", "financeurs/caf", 0, "", 5'000);
  Sum(m, "financeur", "financeurs/etat", 4'000, "contrats/cv110");
  Sum(m, "financeur", "financeurs/caf", 5'000, "contrats/cv110");
  return m;
}

TEST(ComposerTableauTest, PillarsGatherMappedThematiquesBesideTheirReference) {
  const v1::TableauDeBord tableau = ComposerTableau(Herault());
  const v1::Ventilation& pillars = tableau.ventilations(0);
  ASSERT_EQ(pillars.axe(), v1::AXE_PILIER);
  ASSERT_EQ(pillars.parts_size(), 2);
  EXPECT_EQ(pillars.parts(0).cle(), kP + "cohesion-sociale");
  EXPECT_EQ(pillars.parts(0).part_points(), 9333);
  EXPECT_EQ(pillars.parts(0).ecart_points(), 1333);
  EXPECT_EQ(pillars.parts(1).part_points(), 667);
  EXPECT_EQ(pillars.parts(1).ecart_points(), 467);
}

TEST(ComposerTableauTest, TotalsAndLeverage) {
  const v1::TableauDeBord tableau = ComposerTableau(Herault());
  EXPECT_EQ(tableau.total().vote_specifiques_centimes(), 10'000);
  EXPECT_EQ(tableau.total().vote_droit_commun_centimes(), 5'000);
  EXPECT_EQ(tableau.levier_points(), 5'000);
  EXPECT_EQ(tableau.exercice_fin(), 2023);
}

TEST(ComposerTableauTest, AlertsOnTheContratWhereTheEtatIsNotFirst) {
  const v1::TableauDeBord tableau = ComposerTableau(Herault());
  EXPECT_FALSE(tableau.rang().alerte_etat_non_premier());
  EXPECT_EQ(tableau.rang().ecart_centimes(), 5'000);
  ASSERT_EQ(tableau.rangs_par_contrat_size(), 1);
  EXPECT_TRUE(tableau.rangs_par_contrat(0).alerte_etat_non_premier());
  ASSERT_EQ(tableau.alertes_size(), 1);
  EXPECT_NE(tableau.alertes(0).find("contrats/cv110"), std::string::npos);
}

TEST(ComposerTableauTest, NothingAtAllIsAnEmptyDashboard) {
  Matiere m;
  m.demande.set_perimetre("nation");
  m.demande.set_exercice_debut(2020);
  const v1::TableauDeBord tableau = ComposerTableau(m);
  EXPECT_EQ(tableau.libelle(), "France entière");
  EXPECT_EQ(tableau.alertes_size(), 0);
  EXPECT_FALSE(tableau.has_levier_points());
  EXPECT_EQ(tableau.ventilations_size(), 5);
}

TEST(ComposerTableauTest, OnlyTheAxesAsked) {
  Matiere m = Herault();
  m.demande.add_axes(v1::AXE_FINANCEUR);
  const v1::TableauDeBord tableau = ComposerTableau(m);
  ASSERT_EQ(tableau.ventilations_size(), 1);
  EXPECT_EQ(tableau.ventilations(0).parts(0).cle(), "financeurs/etat");
}

TEST(ComposerTableauTest, WhatIsOfNoDispositifSaysSo) {
  Matiere m = Herault();
  m.demande.add_axes(v1::AXE_DISPOSITIF);
  Sum(m, "dispositif", "", 10'000);
  EXPECT_EQ(ComposerTableau(m).ventilations(0).parts(0).libelle(), "Hors dispositif");
}

TEST(ComposerTableauTest, AnEnvelopeIsShownWithWhatItDelegated) {
  Matiere m = Herault();
  auto envelope = [](const char* name, const char* parent, int64_t holds, int64_t consumed) {
    financement::v1::Enveloppe e;
    e.set_name(name);
    e.set_parent(parent);
    e.set_montant_centimes(holds);
    e.set_consomme_centimes(consumed);
    return e;
  };
  m.enveloppes = {envelope("enveloppes/d", "enveloppes/r", 100, 30),
                  envelope("enveloppes/caf", "", 50, 0)};
  m.delegations = {envelope("enveloppes/c1", "enveloppes/d", 200, 150),
                   envelope("enveloppes/c2", "enveloppes/d", 300, 300),
                   envelope("enveloppes/q", "enveloppes/c2", 10, 4)};
  const v1::TableauDeBord tableau = ComposerTableau(m);
  ASSERT_EQ(tableau.enveloppes_size(), 2);
  EXPECT_EQ(tableau.enveloppes(0).montant_centimes(), 610);
  EXPECT_EQ(tableau.enveloppes(0).consomme_centimes(), 484);
  EXPECT_EQ(tableau.enveloppes(0).reste_centimes(), 126);
  EXPECT_EQ(tableau.enveloppes(1).reste_centimes(), 50);
}

}  // namespace
}  // namespace pdv::gateway
