#include "services/actions/domain/lieu.h"

#include "gtest/gtest.h"

namespace pdv::actions {
namespace {

contrats::v1::Contrat Contrat(const std::vector<std::string>& departements) {
  contrats::v1::Contrat contrat;
  for (const std::string& departement : departements) contrat.add_departements(departement);
  contrat.add_regions("regions/76");
  return contrat;
}

contrats::v1::Qpv Quartier(const char* departement) {
  contrats::v1::Qpv quartier;
  quartier.set_departement(departement);
  quartier.set_region("regions/76");
  return quartier;
}

TEST(CompleterLieuTest, TheContratTellsWhereItIsOneDepartement) {
  const auto contrat = Contrat({"departements/34"});
  v1::Action action;
  CompleterLieu(&contrat, {}, &action);
  EXPECT_EQ(action.departement(), "departements/34");
  EXPECT_EQ(action.region(), "regions/76");
}

TEST(CompleterLieuTest, TheQuartiersTellWhereTheContratDoesNot) {
  const auto contrat = Contrat({"departements/30", "departements/34"});
  const auto here = Quartier("departements/34");
  const auto there = Quartier("departements/30");
  v1::Action one, both;
  CompleterLieu(&contrat, {&here, &here}, &one);
  EXPECT_EQ(one.departement(), "departements/34");
  CompleterLieu(&contrat, {&here, &there}, &both);
  EXPECT_EQ(both.departement(), "");
  EXPECT_EQ(both.region(), "regions/76");
}

TEST(CompleterLieuTest, WhatTheSourceSaysStands) {
  const auto contrat = Contrat({"departements/34"});
  v1::Action action;
  action.set_departement("departements/30");
  CompleterLieu(&contrat, {}, &action);
  EXPECT_EQ(action.departement(), "departements/30");
}

TEST(CompleterLieuTest, NothingIsGuessed) {
  v1::Action action;
  CompleterLieu(nullptr, {}, &action);
  EXPECT_EQ(action.departement() + action.region(), "");
}

TEST(OublierLieuTest, WhatTheContratOrTheQuartiersToldGoesWithThem) {
  v1::Action before;
  before.set_contrat("contrats/cv110");
  before.set_departement("departements/34");
  before.set_region("regions/76");
  v1::Action after = before;
  EXPECT_FALSE(ChangeDeLieu(before, after));
  after.add_quartiers()->set_qpv("qpv/qp034001");
  EXPECT_TRUE(ChangeDeLieu(before, after));
  OublierLieu({"departements/34", "regions/76"}, before, &after);
  EXPECT_EQ(after.departement() + after.region(), "");
}

TEST(OublierLieuTest, WhatTheSourceSaidOutlivesThem) {
  v1::Action before;
  before.set_departement("departements/30");
  before.set_region("regions/76");
  v1::Action after = before;
  after.set_contrat("contrats/cv043");
  // The contrat had told the region alone: the source said the département.
  OublierLieu({"departements/34", "regions/76"}, before, &after);
  EXPECT_EQ(after.departement(), "departements/30");
  EXPECT_EQ(after.region(), "");
  // What the change itself says stands.
  after.set_region("regions/93");
  OublierLieu({"departements/34", "regions/76"}, before, &after);
  EXPECT_EQ(after.region(), "regions/93");
}

}  // namespace
}  // namespace pdv::actions
