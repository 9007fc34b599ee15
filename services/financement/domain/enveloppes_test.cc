#include "services/financement/domain/enveloppes.h"

#include "common/status/details.h"
#include "common/status/error.h"
#include "gmock/gmock.h"
#include "google/rpc/error_details.pb.h"
#include "services/financement/domain/ecritures.h"

namespace pdv::financement {
namespace {

v1::Enveloppe Enveloppe(const std::string& id, const std::string& perimetre, int64_t disponible) {
  v1::Enveloppe enveloppe;
  enveloppe.set_name("enveloppes/" + id);
  enveloppe.set_financeur("financeurs/etat");
  enveloppe.set_programme("147");
  enveloppe.set_exercice(2023);
  enveloppe.set_nature(v1::NATURE_ENVELOPPE_AE);
  enveloppe.set_perimetre(perimetre);
  enveloppe.set_disponible_centimes(disponible);
  enveloppe.set_montant_centimes(disponible);
  return enveloppe;
}

TEST(VerifierParentTest, MoneyGoesDownOfTheSameKind) {
  const v1::Enveloppe nation = Enveloppe("n", "nation", 0);
  const char* levels[] = {"nation", "regions/76", "departements/34", "contrats/cv110"};
  const Englobants around = std::vector<std::string>{"departements/34", "regions/76"};
  for (int wide = 0; wide < 4; ++wide) {
    for (int narrow = 0; narrow < 4; ++narrow)
      EXPECT_EQ(
          VerifierParent(Enveloppe("p", levels[wide], 0), Enveloppe("e", levels[narrow], 0), around)
              .ok(),
          wide < narrow)
          << levels[wide] << " " << levels[narrow];
  }
  v1::Enveloppe child = Enveloppe("e", "regions/76", 0);
  child.set_financeur("financeurs/caf");
  EXPECT_EQ(status::ReasonOf(VerifierParent(nation, child, around)), "PARENT_INCOHERENT");
  child = Enveloppe("e", "regions/76", 0);
  child.set_programme("135");
  EXPECT_FALSE(VerifierParent(nation, child, around).ok());
  child = Enveloppe("e", "regions/76", 0);
  child.set_nature(v1::NATURE_ENVELOPPE_CP);
  EXPECT_FALSE(VerifierParent(nation, child, around).ok());
  child = Enveloppe("e", "regions/76", 0);
  child.set_exercice(2024);
  EXPECT_FALSE(VerifierParent(nation, child, around).ok());
}

TEST(VerifierParentTest, MoneyGoesToWhatThePerimeterHolds) {
  const auto refusal = [](const char* parent, const char* child, const Englobants& around) {
    const auto status = VerifierParent(Enveloppe("p", parent, 0), Enveloppe("e", child, 0), around);
    EXPECT_TRUE(status.ok() || status::ReasonOf(status) == "PARENT_INCOHERENT") << status;
    const auto failure = status::GetDetail<google::rpc::PreconditionFailure>(status);
    return failure.has_value() ? failure->violations(0).description() : "";
  };
  const Englobants north = std::vector<std::string>{"regions/32"};
  EXPECT_THAT(refusal("regions/76", "departements/59", north), ::testing::HasSubstr("ne contient"));
  EXPECT_EQ(refusal("regions/32", "departements/59", north), "");
  EXPECT_EQ(refusal("nation", "departements/59", north), "");
  // A contrat may lie in several.
  const Englobants two = std::vector<std::string>{"departements/30", "departements/34"};
  EXPECT_EQ(refusal("departements/34", "contrats/cv043", two), "");
  EXPECT_THAT(refusal("departements/59", "contrats/cv043", two),
              ::testing::HasSubstr("ne contient"));
  // What is not known here is in nothing but the nation.
  EXPECT_THAT(refusal("departements/59", "contrats/cv043", std::nullopt),
              ::testing::HasSubstr("On ne connaît pas encore"));
  EXPECT_EQ(refusal("nation", "contrats/cv043", std::nullopt), "");
}

TEST(DeleguerTest, TheMoneyLeavesTheOneForTheOtherAndComesBack) {
  v1::Enveloppe parent = Enveloppe("p", "nation", 100), child = Enveloppe("e", "regions/76", 0);
  EXPECT_EQ(status::ReasonOf(Deleguer(parent, child, 1, false).status()), "PARENT_INCOHERENT");
  child.set_parent("enveloppes/p");
  const auto refused = Deleguer(parent, child, 101, false).status();
  EXPECT_EQ(status::ReasonOf(refused), "ENVELOPPE_INSUFFISANTE");
  EXPECT_EQ(status::MetadataOf(refused, "reste_centimes"), "100");
  auto given = Deleguer(parent, child, 60, false);
  ASSERT_TRUE(given.ok());
  Porter(*given, parent);
  Porter(*given, child);
  EXPECT_EQ(parent.disponible_centimes(), 40);
  EXPECT_EQ(parent.montant_centimes(), 40);
  EXPECT_EQ(parent.delegue_centimes(), 60);
  EXPECT_EQ(child.montant_centimes(), 60);
  EXPECT_EQ(child.delegue_centimes(), 0);
  EXPECT_EQ(child.recu_centimes(), 60);
  EXPECT_EQ(parent.recu_centimes(), 0);
  EXPECT_FALSE(Deleguer(parent, child, 61, true).ok());
  auto back = Deleguer(parent, child, 20, true);
  ASSERT_TRUE(back.ok());
  Porter(*back, parent);
  Porter(*back, child);
  EXPECT_EQ(parent.montant_centimes(), 60);
  EXPECT_EQ(parent.delegue_centimes(), 40);
  EXPECT_EQ(child.montant_centimes(), 40);
}

// A child also has what another transferred to it: its parent did not give that.
TEST(DeleguerTest, AParentTakesBackNoMoreThanItGave) {
  v1::Enveloppe parent = Enveloppe("p", "nation", 100), child = Enveloppe("e", "regions/76", 500);
  child.set_parent("enveloppes/p");
  child.set_recu_centimes(60);
  parent.set_delegue_centimes(160);  // 100 to another child, which are not to be taken here
  const auto refused = Deleguer(parent, child, 61, true).status();
  EXPECT_EQ(status::ReasonOf(refused), "REPRISE_EXCESSIVE");
  EXPECT_EQ(status::MetadataOf(refused, "delegue_centimes"), "60");
  EXPECT_THAT(std::string(refused.message()),
              ::testing::HasSubstr("n'a délégué que 0,60\u00a0€ à "));
  EXPECT_TRUE(Deleguer(parent, child, 60, true).ok());
  // A register that lowers the dotation of a child takes it back too.
  v1::Enveloppe before = child, after = child;
  before.set_dotation_centimes(100);
  after.set_dotation_centimes(39);
  EXPECT_EQ(status::ReasonOf(EcritureDotation(&before, after, &parent).status()),
            "REPRISE_EXCESSIVE");
  after.set_dotation_centimes(40);
  EXPECT_EQ(EcritureDotation(&before, after, &parent)->nature(), v1::NATURE_ECRITURE_DELEGATION);
}

TEST(GelerTest, FrozenMoneyIsHeldAndNotAvailable) {
  v1::Enveloppe enveloppe = Enveloppe("e", "nation", 100);
  EXPECT_FALSE(Geler(enveloppe, 101).ok());
  EXPECT_FALSE(Degeler(enveloppe, 1).ok());
  Porter(*Geler(enveloppe, 70), enveloppe);
  EXPECT_EQ(enveloppe.disponible_centimes(), 30);
  EXPECT_EQ(enveloppe.gele_centimes(), 70);
  EXPECT_EQ(enveloppe.montant_centimes(), 100);
  Porter(*Degeler(enveloppe, 70), enveloppe);
  EXPECT_EQ(enveloppe.disponible_centimes(), 100);
}

TEST(TransfererTest, BetweenTwoEnvelopesOfOneMoney) {
  const v1::Enveloppe a = Enveloppe("a", "departements/34", 100);
  v1::Enveloppe b = Enveloppe("b", "departements/30", 0);
  EXPECT_EQ(Transferer(a, b, 100)->nature(), v1::NATURE_ECRITURE_TRANSFERT);
  EXPECT_EQ(status::ReasonOf(Transferer(a, a, 1).status()), "ENVELOPPE_INCOHERENTE");
  EXPECT_EQ(status::ReasonOf(Transferer(a, b, 101).status()), "ENVELOPPE_INSUFFISANTE");
  b.set_exercice(2024);
  EXPECT_EQ(status::ReasonOf(Transferer(a, b, 1).status()), "ENVELOPPE_INCOHERENTE");
}

TEST(ReporterTest, ToTheNextExerciceOfTheSamePerimeter) {
  const v1::Enveloppe a = Enveloppe("a", "departements/34", 100);
  v1::Enveloppe b = Enveloppe("b", "departements/34", 0);
  EXPECT_EQ(status::ReasonOf(Reporter(a, b, 1).status()), "ENVELOPPE_INCOHERENTE");
  b.set_exercice(2024);
  EXPECT_EQ(Reporter(a, b, 100)->nature(), v1::NATURE_ECRITURE_REPORT);
  EXPECT_EQ(status::ReasonOf(Reporter(a, b, 101).status()), "ENVELOPPE_INSUFFISANTE");
  EXPECT_EQ(status::ReasonOf(Reporter(b, a, 0).status()), "ENVELOPPE_INCOHERENTE");
  const auto nothing = Reporter(a, b, 0).status();
  EXPECT_EQ(status::ReasonOf(nothing), "MONTANT_NUL");
  EXPECT_THAT(std::string(nothing.message()), ::testing::HasSubstr("rien à reporter"));
  b.set_perimetre("nation");
  EXPECT_EQ(status::ReasonOf(Reporter(a, b, 1).status()), "ENVELOPPE_INCOHERENTE");
}

TEST(EcritureDotationTest, OfARootFromOutsideOfAChildFromItsParent) {
  v1::Enveloppe after = Enveloppe("e", "regions/76", 0);
  after.set_dotation_centimes(100);
  const auto root = EcritureDotation(nullptr, after, nullptr);
  EXPECT_EQ(root->nature(), v1::NATURE_ECRITURE_ABONDEMENT);
  EXPECT_EQ(root->debit(), "financeurs/etat/comptes/exterieur");
  const v1::Enveloppe parent = Enveloppe("p", "nation", 99);
  EXPECT_EQ(status::ReasonOf(EcritureDotation(nullptr, after, &parent).status()),
            "ENVELOPPE_INSUFFISANTE");
  v1::Enveloppe before = Enveloppe("e", "regions/76", 30);  // 70 of its 100 are gone
  before.set_dotation_centimes(100);
  after.set_dotation_centimes(70);
  const auto less = EcritureDotation(&before, after, nullptr);
  EXPECT_EQ(less->nature(), v1::NATURE_ECRITURE_CORRECTION);
  EXPECT_EQ(less->credit(), "financeurs/etat/comptes/exterieur");
  after.set_dotation_centimes(69);
  EXPECT_EQ(status::ReasonOf(EcritureDotation(&before, after, nullptr).status()),
            "ENVELOPPE_ENTAMEE");
}

}  // namespace
}  // namespace pdv::financement
