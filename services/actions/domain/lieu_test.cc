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

}  // namespace
}  // namespace pdv::actions
