// The 358 identifiers of the open data: what the registries, or a publisher, really wrote.
#include <map>

#include "common/types/donnees_test.h"
#include "common/types/identifiants.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace pdv::types {
namespace {

constexpr char kVecteurs[] = "04_scdl_conformance/derive_vecteurs_identifiants.csv";

TEST(VecteursTest, EachIsDecidedAsExpected) {
  PDV_EXIGER_DONNEES();
  std::map<std::string, int> decided;
  for (const auto& row : LireDonnees(kVecteurs, ';')) {
    ASSERT_EQ(row.size(), 5u) << row[0];
    const std::string &value = row[0], &type = row[1], &expected = row[2];
    ASSERT_TRUE(type == "siret" || type == "rna") << type;
    const absl::Status read = type == "rna" ? VerifierRna(value) : VerifierSiret(value);
    EXPECT_EQ(read.ok(), expected == "valide") << value << " (" << row[3] << ") : " << read;
    ++decided[type + " " + expected];
  }
  EXPECT_THAT(decided,
              ::testing::UnorderedElementsAre(
                  ::testing::Pair("siret valide", 309), ::testing::Pair("siret invalide", 31),
                  ::testing::Pair("siret invalide en strict", 6), ::testing::Pair("rna valide", 2),
                  ::testing::Pair("rna invalide", 10)));
}

// What is invalid in strict is mended only where the keys prove it.
TEST(VecteursTest, TheDamagedOnesAreMendedOrRefused) {
  PDV_EXIGER_DONNEES();
  const std::map<std::string, std::string> mended = {{"224 900 019 000 15'", "22490001900015"},
                                                     {"82 212 742 900 014", "82212742900014"}};
  int seen = 0;
  for (const auto& row : LireDonnees(kVecteurs, ';')) {
    if (row[2] != "invalide en strict") continue;
    ++seen;
    const auto read = NettoyerSiret(row[0]);
    const auto expected = mended.find(row[0]);
    ASSERT_EQ(read.ok(), expected != mended.end()) << row[0] << " : " << read.status();
    if (!read.ok()) continue;
    EXPECT_EQ(read->valeur, expected->second);
    EXPECT_FALSE(read->reparations.empty());
  }
  EXPECT_EQ(seen, 6);
}

}  // namespace
}  // namespace pdv::types
