#include "services/pdvctl/commandes/montants.h"

#include "gtest/gtest.h"

namespace pdv::pdvctl {
namespace {

financement::v1::Ligne Demande(int64_t droit_commun, int64_t specifiques) {
  financement::v1::Ligne ligne;
  ligne.set_name("lignes/a");
  ligne.set_demande_droit_commun_centimes(droit_commun);
  ligne.set_demande_specifiques_centimes(specifiques);
  return ligne;
}

TEST(LireMontantsTest, OneAmountGoesToTheKindThatIsAsked) {
  EXPECT_EQ(LireMontants({"12 345,67", "", ""}, Demande(0, 1))->specifiques, 12'345'67);
  EXPECT_EQ(LireMontants({"12345.67 €", "", ""}, Demande(1, 0))->droit_commun, 12'345'67);
}

TEST(LireMontantsTest, TheKindIsNeverGuessed) {
  EXPECT_FALSE(LireMontants({"100", "", ""}, Demande(1, 1)).ok());
  EXPECT_FALSE(LireMontants({"100", "", ""}, Demande(0, 0)).ok());
  const auto both = LireMontants({"", "10", "20,5"}, Demande(1, 1));
  EXPECT_EQ(both->droit_commun, 10'00);
  EXPECT_EQ(both->specifiques, 20'50);
}

TEST(LireMontantsTest, RefusesWhatIsNotOneAmount) {
  for (const MontantsDits& dits : {MontantsDits{}, MontantsDits{"1", "2", ""},
                                   MontantsDits{"mille", "", ""}, MontantsDits{"-5", "", ""}})
    EXPECT_FALSE(LireMontants(dits, Demande(0, 1)).ok()) << dits.montant;
}

}  // namespace
}  // namespace pdv::pdvctl
