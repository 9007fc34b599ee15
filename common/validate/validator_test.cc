#include "common/validate/validator.h"

#include <cmath>

#include "common/validate/mask.h"
#include "common/validate/validator_test.pb.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace pdv::validate {
namespace {

using essai::CreateFicheRequest;
using essai::Fiche;
using essai::UpdateFicheRequest;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::UnorderedElementsAre;

std::vector<std::string> Faults(const google::protobuf::Message& message) {
  std::vector<std::string> faults;
  for (const status::Violation& violation : Check(message)) {
    EXPECT_FALSE(violation.description.empty());
    faults.push_back(violation.field + " " + violation.reason);
  }
  return faults;
}

CreateFicheRequest Valid() {
  CreateFicheRequest request;
  Fiche* fiche = request.mutable_fiche();
  fiche->set_intitule("étété");  // 5 characters, 8 bytes
  fiche->set_sigle("ANCT");
  fiche->set_montant_centimes(100);
  fiche->set_rang(0);
  fiche->set_couleur(essai::COULEUR_ROUGE);
  fiche->mutable_date_signature()->set_year(2024);
  fiche->mutable_date_signature()->set_month(2);
  fiche->mutable_date_signature()->set_day(29);
  fiche->mutable_depot_time()->set_seconds(1'700'000'000);
  auto* signataire = fiche->add_signataires();
  signataire->set_siret("49242487400021");
  signataire->set_qualite("préfet");
  fiche->add_mots("abc");
  fiche->set_exercice(2023);
  fiche->set_part(0.5);
  fiche->mutable_sous()->set_cle("k");
  (*fiche->mutable_notes())["a"] = "b";
  return request;
}

TEST(ValidatorTest, AValidRequestHasNoViolation) { EXPECT_THAT(Faults(Valid()), IsEmpty()); }

TEST(ValidatorTest, EveryViolationAtOnceWithItsPath) {
  CreateFicheRequest request = Valid();
  Fiche* fiche = request.mutable_fiche();
  fiche->set_intitule("été six");
  fiche->set_sigle("anct");
  fiche->set_montant_centimes(101);
  fiche->clear_rang();
  fiche->set_couleur(static_cast<essai::Couleur>(7));
  fiche->mutable_date_signature()->set_year(2023);
  fiche->mutable_depot_time()->set_nanos(-1);
  fiche->mutable_signataires(0)->set_siret("49242487400022");
  fiche->add_signataires()->mutable_delegue()->set_siret("x");
  fiche->add_mots("abcd");
  fiche->set_exercice(1789);
  fiche->set_part(std::nan(""));
  fiche->set_compteur(1ull << 63);
  fiche->set_libre(std::string("a\0b", 3));
  fiche->clear_sous();
  EXPECT_THAT(
      Faults(request),
      ElementsAre("fiche.intitule TEXTE_TROP_LONG", "fiche.sigle FORMAT_INVALIDE",
                  "fiche.montant_centimes VALEUR_HORS_BORNES", "fiche.rang CHAMP_OBLIGATOIRE",
                  "fiche.couleur ENUM_INCONNUE", "fiche.date_signature DATE_INVALIDE",
                  "fiche.depot_time DATE_INVALIDE", "fiche.signataires[0].siret FORMAT_INVALIDE",
                  "fiche.signataires[1].qualite CHAMP_OBLIGATOIRE",
                  "fiche.signataires[1].delegue.siret FORMAT_INVALIDE",
                  "fiche.signataires[1].delegue.qualite CHAMP_OBLIGATOIRE",
                  "fiche.mots[1] TEXTE_TROP_LONG", "fiche.exercice FORMAT_INVALIDE",
                  "fiche.part VALEUR_HORS_BORNES", "fiche.compteur VALEUR_HORS_BORNES",
                  "fiche.libre FORMAT_INVALIDE", "fiche.sous CHAMP_OBLIGATOIRE"));
}

TEST(ValidatorTest, AnEmptyRequestMissesItsRequiredFieldsOnly) {
  EXPECT_THAT(Faults(CreateFicheRequest()), ElementsAre("fiche CHAMP_OBLIGATOIRE"));
  CreateFicheRequest request;
  request.mutable_fiche();
  EXPECT_THAT(Faults(request),
              UnorderedElementsAre(
                  "fiche.intitule CHAMP_OBLIGATOIRE", "fiche.montant_centimes VALEUR_HORS_BORNES",
                  "fiche.rang CHAMP_OBLIGATOIRE", "fiche.couleur CHAMP_OBLIGATOIRE",
                  "fiche.date_signature CHAMP_OBLIGATOIRE", "fiche.sous CHAMP_OBLIGATOIRE"));
}

TEST(ValidatorTest, TextsAndListsHaveABoundEvenWhenNoneIsDeclared) {
  CreateFicheRequest request = Valid();
  request.mutable_fiche()->set_libre(std::string(10'000, 'x'));
  for (int i = 0; i < 999; ++i) request.mutable_fiche()->add_mots("x");
  EXPECT_THAT(Faults(request), IsEmpty());
  request.mutable_fiche()->set_libre(std::string(10'001, 'x'));
  request.mutable_fiche()->add_mots("x");
  for (int i = 0; i < 3; ++i) request.mutable_fiche()->add_signataires();
  EXPECT_THAT(Faults(request),
              ElementsAre("fiche.signataires LISTE_TROP_LONGUE", "fiche.mots LISTE_TROP_LONGUE",
                          "fiche.libre TEXTE_TROP_LONG"));
}

TEST(ValidatorTest, UnknownFieldsAreFoundAtAnyDepth) {
  essai::FicheFuture future;
  future.set_intitule("abc");
  future.set_plafond_centimes(1);
  future.add_signataires()->set_qualite("maire");
  future.mutable_signataires(0)->set_mandat("2020");
  CreateFicheRequest request = Valid();
  request.mutable_fiche()->clear_signataires();
  ASSERT_TRUE(request.mutable_fiche()->MergeFromString(future.SerializeAsString()));
  EXPECT_THAT(Faults(request),
              ElementsAre("fiche.99 CHAMP_INCONNU", "fiche.signataires[0].98 CHAMP_INCONNU"));
}

TEST(ValidatorTest, AnUpdateAsksOnlyForWhatItsMaskNames) {
  UpdateFicheRequest request;
  request.mutable_fiche()->set_name("fiches/a");
  request.mutable_fiche()->set_sigle("AB");
  EXPECT_THAT(Faults(request), IsEmpty());  // no mask: what is set
  request.mutable_update_mask()->add_paths("sigle");
  EXPECT_THAT(Faults(request), IsEmpty());
  request.mutable_update_mask()->add_paths("intitule");
  request.mutable_update_mask()->add_paths("montant_centimes");
  EXPECT_THAT(Faults(request), ElementsAre("fiche.intitule CHAMP_OBLIGATOIRE",
                                           "fiche.montant_centimes VALEUR_HORS_BORNES"));
  request.mutable_update_mask()->add_paths("*");
  EXPECT_THAT(
      Faults(request),
      ElementsAre("fiche.intitule CHAMP_OBLIGATOIRE", "fiche.montant_centimes VALEUR_HORS_BORNES",
                  "fiche.rang CHAMP_OBLIGATOIRE", "fiche.couleur CHAMP_OBLIGATOIRE",
                  "fiche.date_signature CHAMP_OBLIGATOIRE", "fiche.sous CHAMP_OBLIGATOIRE"));
}

TEST(ValidatorTest, AnUpdateWithoutMaskAsksForAllThatItsPartsNeed) {
  UpdateFicheRequest request;
  request.mutable_fiche()->set_name("fiches/a");
  request.mutable_fiche()->mutable_sous();
  request.mutable_fiche()->add_signataires()->mutable_delegue();
  EXPECT_THAT(Faults(request), ElementsAre("fiche.signataires[0].qualite CHAMP_OBLIGATOIRE",
                                           "fiche.signataires[0].delegue.qualite CHAMP_OBLIGATOIRE",
                                           "fiche.sous.cle CHAMP_OBLIGATOIRE"));
  // A mask that does not name them leaves them as they are.
  request.mutable_update_mask()->add_paths("sigle");
  EXPECT_THAT(Faults(request), IsEmpty());
}

TEST(ValidatorTest, AnUpdateNamesItsResourceAndItsOtherRulesHold) {
  UpdateFicheRequest request;
  request.mutable_fiche()->set_sigle("x");
  request.mutable_update_mask()->add_paths("intitule");
  request.mutable_fiche()->set_intitule("abc");
  EXPECT_THAT(Faults(request),
              ElementsAre("fiche.name CHAMP_OBLIGATOIRE", "fiche.sigle FORMAT_INVALIDE"));
}

TEST(ValidatorTest, OutputOnlyIsIgnoredThenCleared) {
  CreateFicheRequest request = Valid();
  request.mutable_fiche()->set_name("fiches/a");
  request.mutable_fiche()->set_uid("far too long");
  request.mutable_fiche()->mutable_sous()->set_interne("x");
  EXPECT_THAT(Faults(request), IsEmpty());
  ClearOutputOnly(&request);
  EXPECT_EQ(request.fiche().uid(), "");
  EXPECT_EQ(request.fiche().sous().interne(), "");
  EXPECT_EQ(request.fiche().sous().cle(), "k");
  EXPECT_EQ(request.fiche().name(), "fiches/a");
}

TEST(ValidatorTest, ASecretIsNeverQuoted) {
  CreateFicheRequest request = Valid();
  request.mutable_fiche()->mutable_signataires(0)->set_iban("FR7630006000011234567890188");
  const std::vector<status::Violation> violations = Check(request);
  ASSERT_EQ(violations.size(), 1u);
  EXPECT_EQ(violations[0].field, "fiche.signataires[0].iban");
  EXPECT_THAT(violations[0].description, Not(HasSubstr("FR76")));
}

TEST(MaskTest, SecretsAreHiddenAtAnyDepth) {
  CreateFicheRequest request = Valid();
  Fiche* fiche = request.mutable_fiche();
  fiche->set_telephone("0467000000");
  fiche->add_courriels("a@example.org");
  fiche->set_salaire_centimes(123456);
  fiche->mutable_signataires(0)->set_iban("FR7630006000011234567890189");
  const std::string json = MaskSecrets(request);
  EXPECT_THAT(json, HasSubstr("\"telephone\":\"***\""));
  EXPECT_THAT(json, HasSubstr("\"iban\":\"***\""));
  EXPECT_THAT(json, HasSubstr("\"courriels\":[\"***\"]"));
  EXPECT_THAT(json, HasSubstr("\"montant_centimes\":\"100\""));
  for (const char* secret : {"0467", "example", "123456", "FR76"}) {
    EXPECT_THAT(json, Not(HasSubstr(secret)));
  }
  EXPECT_EQ(fiche->telephone(), "0467000000");  // the message itself is untouched
}

}  // namespace
}  // namespace pdv::validate
