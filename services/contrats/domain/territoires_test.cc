#include "services/contrats/domain/territoires.h"

#include "common/status/error.h"
#include "gtest/gtest.h"
#include "services/contrats/domain/dates.h"

namespace pdv::contrats {
namespace {

template <class T>
T Code(const char* name, const char* code) {
  T row;
  row.set_name(name);
  row.set_code(code);
  return row;
}

std::string Raison(const absl::Status& status) {
  const auto violations = status::ViolationsOf(status);
  return violations.empty() ? "" : violations.front().reason;
}

TEST(CodesTest, TheNameIsTheCodeInLowerCase) {
  EXPECT_TRUE(Verifier(Code<v1::Region>("regions/84", "84")).ok());
  EXPECT_TRUE(Verifier(Code<v1::Departement>("departements/2a", "2A")).ok());
  EXPECT_TRUE(Verifier(Code<v1::Commune>("communes/2a004", "2A004")).ok());
  EXPECT_TRUE(Verifier(Code<v1::Qpv>("qpv/qn02a01m", "QN02A01M")).ok());
  EXPECT_EQ(Raison(Verifier(Code<v1::Region>("regions/76", "84"))), "CODE_INCOHERENT");
  EXPECT_EQ(Raison(Verifier(Code<v1::Departement>("departements/34", "30"))), "CODE_INCOHERENT");
  EXPECT_EQ(Raison(Verifier(Code<v1::Commune>("communes/34172", "34173"))), "CODE_INCOHERENT");
  EXPECT_EQ(Raison(Verifier(Code<v1::Qpv>("qpv/qn03401m", "QN03402M"))), "CODE_INCOHERENT");
  v1::Epci epci;
  epci.set_name("epci/243400017");
  epci.set_siren("243400017");
  EXPECT_TRUE(Verifier(epci).ok());
  epci.set_siren("243400769");
  EXPECT_EQ(Raison(Verifier(epci)), "CODE_INCOHERENT");
}

TEST(CommuneTest, AJoinedCommuneCarriesItsKind) {
  auto commune = Code<v1::Commune>("communes/01015-comd", "01015");
  commune.set_type("COMD");
  EXPECT_TRUE(Verifier(commune).ok());
  commune.set_type("COM");
  EXPECT_FALSE(Verifier(commune).ok());
}

TEST(CommuneTest, IsDatedAndSucceededByAnother) {
  auto commune = Code<v1::Commune>("communes/93059", "93059");
  commune.set_successeur("communes/93066");
  *commune.mutable_valide_au() = EnMessage(types::Date(2025, 1, 1));
  EXPECT_TRUE(Verifier(commune).ok());
  commune.set_successeur(commune.name());
  *commune.mutable_valide_du() = EnMessage(types::Date(2025, 1, 1));
  EXPECT_EQ(status::ViolationsOf(Verifier(commune)).size(), 2u);
}

TEST(AppartenanceTest, IsNamedAfterBothAndMayComeBack) {
  v1::Appartenance member;
  member.set_commune("communes/34172");
  member.set_epci("epci/243400017");
  for (const char* good : {"appartenances/34172-243400017", "appartenances/34172-243400017-2"}) {
    member.set_name(good);
    EXPECT_TRUE(Verifier(member).ok()) << good;
  }
  for (const char* bad : {"appartenances/34173-243400017", "appartenances/34172-2434000172"}) {
    member.set_name(bad);
    EXPECT_EQ(Raison(Verifier(member)), "CODE_INCOHERENT") << bad;
  }
}

TEST(PassageTest, LeadsFromTheOlderGenerationToTheNewer) {
  v1::Passage passage;
  passage.set_name("passages/qp034001-qn03401m");
  passage.set_ancien("qpv/qp034001");
  passage.set_nouveau("qpv/qn03401m");
  EXPECT_TRUE(Verifier(passage).ok());
  passage.set_name("passages/qn03401m-qp034001");
  passage.set_ancien("qpv/qn03401m");
  passage.set_nouveau("qpv/qp034001");
  EXPECT_EQ(status::ViolationsOf(Verifier(passage)).size(), 2u);
}

TEST(PartsTest, NeverExceedTheWhole) {
  EXPECT_TRUE(VerifierParts("qpv/qp034001", 9'999).ok());
  EXPECT_TRUE(VerifierParts("qpv/qp034001", 10'000).ok());
  const absl::Status refused = VerifierParts("qpv/qp034001", 10'001);
  EXPECT_EQ(status::ReasonOf(refused), "PARTS_EXCESSIVES");
  EXPECT_EQ(status::MetadataOf(refused, "total_points"), "10001");
}

TEST(GenerationTest, IsToldByTheCode) {
  EXPECT_EQ(GenerationDe("QP034001"), "2015-2023");
  EXPECT_EQ(GenerationDe("QN03401M"), "2024-2030");
  EXPECT_EQ(GenerationDe("34172"), "");
}

}  // namespace
}  // namespace pdv::contrats
