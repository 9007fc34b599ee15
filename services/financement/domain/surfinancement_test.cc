#include "services/financement/domain/surfinancement.h"

#include <gmock/gmock.h>

#include <tuple>

#include "services/financement/domain/aides.h"
#include "services/financement/domain/objets.h"

namespace pdv::financement {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

LigneDetectee Ligne(const std::string& id, const std::string& financeur, int64_t centimes,
                    v1::EtatLigne etat = v1::ETAT_LIGNE_VOTEE) {
  LigneDetectee one;
  one.ligne.set_name("lignes/" + id);
  one.ligne.set_financeur("financeurs/" + financeur);
  one.ligne.set_etat(etat);
  one.ligne.set_demande_specifiques_centimes(centimes);
  one.ligne.set_propose_specifiques_centimes(centimes);
  one.ligne.set_vote_droit_commun_centimes(centimes / 2);
  one.ligne.set_vote_specifiques_centimes(centimes - centimes / 2);
  one.financeur = financeur;
  one.siren = financeur == "ville" ? "213401722" : "";
  one.publique = true;
  return one;
}
ActionDetectee Action(const std::string& id, const std::string& intitule, int64_t cout,
                      std::vector<LigneDetectee> lignes) {
  return {"actions/" + id, intitule, 2023, cout, std::move(lignes)};
}
v1::Subvention Publiee(const std::string& objet, int64_t centimes, int annee = 2023,
                       const std::string& siret = "21340172201787") {
  v1::Subvention s;
  s.set_name("subventions/" + objet);
  s.set_attribuant("Ville");
  s.set_attribuant_siret(siret);
  s.mutable_date_convention()->set_year(annee);
  s.set_objet(objet);
  s.set_montant_centimes(centimes);
  s.set_part_points(10000);
  s.set_periode_versement(std::to_string(annee) + "-06-01");
  return s;
}
bool Memes(const char* a, const char* b) {
  EXPECT_EQ(MemeObjet(LireObjet(a), LireObjet(b)), MemeObjet(LireObjet(b), LireObjet(a)));
  return MemeObjet(LireObjet(a), LireObjet(b));
}

TEST(Objets, AreTheSameByTheirOwnWords) {
  EXPECT_TRUE(Memes("Ateliers théâtre 2023", "SUBVENTION ATELIERS DE THEATRE"));
  EXPECT_TRUE(Memes("Ateliers théâtre", "Ateliers théâtre d'été"));
  EXPECT_FALSE(Memes("Ateliers théâtre", "Ateliers cuisine"));
  EXPECT_FALSE(Memes("Subvention de fonctionnement", "Ateliers théâtre"));
  EXPECT_TRUE(Memes("Subvention de fonctionnement", "subvention de FONCTIONNEMENT"));
  EXPECT_FALSE(Memes("Subvention de fonctionnement", "Aide annuelle"));
  EXPECT_FALSE(Memes("", ""));
  EXPECT_FALSE(Memes("Poste adulte-relais 0340012", "Poste adulte-relais 0340013"));
  EXPECT_TRUE(Memes("Poste adulte-relais 0340012", "Poste adulte-relais 0340012"));
}

TEST(Surfinancement, AnAidUpToTheCostIsFineAndACentMoreIsNot) {
  std::vector<LigneDetectee> lignes = {Ligne("a-etat", "etat", 600'00),
                                       Ligne("a-ville", "ville", 400'00)};
  EXPECT_THAT(Detecter({Action("a", "Théâtre", 1000'00, lignes)}, {}, 0), IsEmpty());
  const auto found = Detecter({Action("a", "Théâtre", 999'99, lignes)}, {}, 0);
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_EQ(found[0].regle(), "AIDE_SUPERIEURE_AU_COUT");
  EXPECT_EQ(found[0].gravite(), v1::GRAVITE_FINANCEMENT_ALERTE);
  EXPECT_EQ(found[0].montant_centimes(), 1);
  EXPECT_THAT(found[0].message(), HasSubstr("0,01"));
  ASSERT_THAT(found[0].faits(), SizeIs(3));
  EXPECT_EQ(found[0].faits(0).name(), "budgets/a");
}

TEST(Surfinancement, WhatIsOnlyHopedForIsAWarning) {
  const auto found =
      Detecter({Action("a", "Théâtre", 900'00,
                       {Ligne("a-etat", "etat", 600'00),
                        Ligne("a-ville", "ville", 400'00, v1::ETAT_LIGNE_DEMANDEE)})},
               {}, 0);
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_EQ(found[0].gravite(), v1::GRAVITE_FINANCEMENT_AVERTISSEMENT);
  EXPECT_EQ(found[0].montant_centimes(), 100'00);
}

TEST(Surfinancement, WhatIsRefusedPrivateOrWithoutACostCountsForNothing) {
  LigneDetectee bailleur = Ligne("a-bailleur", "bailleur", 900'00);
  bailleur.publique = false;
  const std::vector<LigneDetectee> lignes = {
      Ligne("a-etat", "etat", 600'00), Ligne("a-ville", "ville", 600'00, v1::ETAT_LIGNE_REFUSEE),
      Ligne("a-caf", "caf", 600'00, v1::ETAT_LIGNE_REVERSEE), bailleur};
  EXPECT_THAT(Detecter({Action("a", "Théâtre", 600'00, lignes)}, {}, 0), IsEmpty());
  ActionDetectee unknown = Action("a", "Théâtre", 0, {Ligne("a-etat", "etat", 600'00)});
  unknown.cout_centimes.reset();
  EXPECT_THAT(Detecter({unknown}, {}, 0), IsEmpty());
}

TEST(Surfinancement, OneFunderTwiceForOneObjectAndYear) {
  ActionDetectee a = Action("a", "Ateliers théâtre", 2000'00, {Ligne("a-ville", "ville", 300'00)});
  ActionDetectee b = Action("b", "Ateliers de théâtre 2023", 2000'00,
                            {Ligne("b-ville", "ville", 500'00), Ligne("b-caf", "caf", 100'00)});
  auto found = Detecter({a, b}, {}, 0);
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_EQ(found[0].regle(), "FINANCEMENT_EN_DOUBLE");
  EXPECT_EQ(found[0].montant_centimes(), 300'00);
  EXPECT_EQ(found[0].gravite(), v1::GRAVITE_FINANCEMENT_ALERTE);
  EXPECT_THAT(found[0].faits(), SizeIs(2));
  b.exercice = 2022;
  EXPECT_THAT(Detecter({a, b}, {}, 0), IsEmpty());
}

TEST(Surfinancement, TwoFundersThatPayOneCostInTwoDossiers) {
  const auto found =
      Detecter({Action("a", "Ateliers théâtre", 1000'00, {Ligne("a-etat", "etat", 700'00)}),
                Action("b", "Ateliers théâtre", 900'00, {Ligne("b-caf", "caf", 700'00)})},
               {}, 0);
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_EQ(found[0].regle(), "AIDE_SUPERIEURE_AU_COUT_COMMUN");
  EXPECT_EQ(found[0].montant_centimes(), 400'00);
  EXPECT_THAT(found[0].faits(), SizeIs(4));
}

TEST(Surfinancement, APublishedAmountThatIsNotThatOfTheLine) {
  const ActionDetectee a =
      Action("a", "Ateliers théâtre", 2000'00, {Ligne("a-ville", "ville", 300'00)});
  EXPECT_THAT(Detecter({a}, {Publiee("Ateliers théâtre", 300'00)}, 0), IsEmpty());
  v1::Subvention shared = Publiee("Ateliers théâtre", 600'00);
  shared.set_part_points(5000);
  EXPECT_THAT(Detecter({a}, {shared}, 0), IsEmpty());
  const auto found = Detecter({a}, {Publiee("Ateliers théâtre", 450'00)}, 0);
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_EQ(found[0].regle(), "MONTANT_DISCORDANT");
  EXPECT_EQ(found[0].montant_centimes(), 150'00);
  EXPECT_EQ(found[0].faits(0).montant_centimes(), 300'00);
  EXPECT_EQ(found[0].faits(1).montant_centimes(), 450'00);
  EXPECT_THAT(Detecter({a}, {Publiee("Ateliers théâtre", 450'00, 2021)}, 0), IsEmpty());
}

TEST(Surfinancement, TwoInstalmentsThatMakeTheLineAgreeWithItAndStillLookAlike) {
  const ActionDetectee a =
      Action("a", "Ateliers théâtre", 2000'00, {Ligne("a-ville", "ville", 300'00)});
  const auto found = Detecter(
      {a}, {Publiee("Ateliers théâtre", 100'00), Publiee("Ateliers théâtre solde", 200'00)}, 0);
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_EQ(found[0].regle(), "FINANCEMENT_EN_DOUBLE");
  EXPECT_EQ(found[0].gravite(), v1::GRAVITE_FINANCEMENT_AVERTISSEMENT);
  EXPECT_EQ(found[0].montant_centimes(), 100'00);
}

TEST(Surfinancement, AnAidThatNobodyDeclaredCountsInTheCost) {
  const ActionDetectee a =
      Action("a", "Ateliers théâtre", 500'00, {Ligne("a-etat", "etat", 400'00)});
  const auto found = Detecter({a}, {Publiee("Ateliers théâtre", 150'00)}, 0);
  ASSERT_THAT(found, SizeIs(2));
  EXPECT_EQ(found[0].regle(), "AIDE_SUPERIEURE_AU_COUT");
  EXPECT_EQ(found[0].montant_centimes(), 50'00);
  EXPECT_EQ(found[1].regle(), "AIDE_NON_DECLAREE");
  EXPECT_THAT(found[1].faits(), SizeIs(2));
}

TEST(Surfinancement, AnAttributionOfALineIsNotUndeclaredInADossierThatLooksLikeIt) {
  const ActionDetectee a =
      Action("a", "Ateliers théâtre", 5000'00, {Ligne("a-ville", "ville", 300'00)});
  const ActionDetectee b =
      Action("b", "Ateliers théâtre enfants", 5000'00, {Ligne("b-caf", "caf", 100'00)});
  EXPECT_THAT(Detecter({a, b}, {Publiee("Ateliers théâtre", 300'00)}, 0), IsEmpty());
}

// A convention of 1 000 € that four associations share counts for 250 € here.
TEST(Surfinancement, AnAttributionCountsForThePartOfThisBeneficiary) {
  const ActionDetectee a =
      Action("a", "Ateliers théâtre", 700'00, {Ligne("a-etat", "etat", 400'00)});
  v1::Subvention shared = Publiee("Ateliers théâtre", 1000'00);
  shared.set_part_points(2500);
  auto found = Detecter({a}, {shared}, 0);
  ASSERT_THAT(found, SizeIs(1));  // 400 + 250 of 700: not over the cost
  EXPECT_EQ(found[0].regle(), "AIDE_NON_DECLAREE");
  EXPECT_EQ(found[0].montant_centimes(), 250'00);
  EXPECT_EQ(found[0].faits(0).montant_centimes(), 250'00);
  EXPECT_THAT(found[0].message(), HasSubstr("la part de ce bénéficiaire"));
  shared.set_part_points(3001);  // 300,10 €: ten cents over
  found = Detecter({a}, {shared}, 0);
  ASSERT_THAT(found, SizeIs(2));
  EXPECT_EQ(found[0].regle(), "AIDE_SUPERIEURE_AU_COUT");
  EXPECT_EQ(found[0].montant_centimes(), 10);
}

TEST(Surfinancement, ALineIsComparedWithThePartOfThisBeneficiary) {
  const ActionDetectee a =
      Action("a", "Ateliers théâtre", 2000'00, {Ligne("a-ville", "ville", 300'00)});
  v1::Subvention shared = Publiee("Ateliers théâtre", 1000'00);
  shared.set_part_points(2500);
  const auto found = Detecter({a}, {shared}, 0);
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_EQ(found[0].regle(), "MONTANT_DISCORDANT");
  EXPECT_EQ(found[0].montant_centimes(), 50'00);
  EXPECT_EQ(found[0].faits(1).montant_centimes(), 250'00);
}

TEST(Surfinancement, WhatAnAuthorityTakesBackComesOffWhatItGave) {
  const ActionDetectee a =
      Action("a", "Ateliers théâtre", 500'00, {Ligne("a-etat", "etat", 400'00)});
  const v1::Subvention given = Publiee("Ateliers théâtre", 300'00);
  auto found = Detecter({a}, {given, Publiee("Ateliers théâtre reprise", -200'00)}, 0);
  ASSERT_THAT(found, SizeIs(1));  // 400 + 100 of 500
  EXPECT_EQ(found[0].regle(), "AIDE_NON_DECLAREE");
  EXPECT_EQ(found[0].montant_centimes(), 100'00);
  EXPECT_THAT(Detecter({a}, {given, Publiee("Ateliers théâtre", -300'00)}, 0), IsEmpty());
  // It takes back what it gave, not what another gives.
  EXPECT_THAT(Detecter({a}, {Publiee("Ateliers théâtre", -900'00)}, 0), IsEmpty());
  found = Detecter({Action("a", "Ateliers théâtre", 399'00, a.lignes)},
                   {Publiee("Ateliers théâtre", -900'00)}, 0);
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_EQ(found[0].montant_centimes(), 1'00);
}

TEST(Surfinancement, ALineAgreesWithWhatIsLeftOfItsAttribution) {
  const v1::Subvention given = Publiee("Ateliers théâtre", 300'00);
  const v1::Subvention back = Publiee("Ateliers théâtre", -100'00);
  EXPECT_THAT(Detecter({Action("a", "Ateliers théâtre", 2000'00, {Ligne("a-v", "ville", 200'00)})},
                       {given, back}, 0),
              IsEmpty());
  const auto found =
      Detecter({Action("a", "Ateliers théâtre", 2000'00, {Ligne("a-v", "ville", 300'00)})},
               {given, back}, 0);
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_EQ(found[0].montant_centimes(), 100'00);
}

TEST(Surfinancement, AnAttributionThatIsTakenBackAndGivenAgainIsNotTwice) {
  EXPECT_THAT(Detecter({},
                       {Publiee("Ateliers théâtre", 300'00), Publiee("Ateliers théâtre", -300'00),
                        Publiee("Ateliers théâtre", 300'00)},
                       0),
              IsEmpty());
}

// The cost of an action is without what is in kind, and so is what pays it.
TEST(Surfinancement, WhatIsGivenInKindPaysNoCost) {
  const ActionDetectee a =
      Action("a", "Ateliers théâtre", 500'00, {Ligne("a-etat", "etat", 400'00)});
  v1::Subvention one = Publiee("Ateliers théâtre", 5000'00);
  one.set_nature(v1::NATURE_SUBVENTION_NATURE);
  EXPECT_THAT(Detecter({a}, {one}, 0), IsEmpty());
  one.set_nature(v1::NATURE_SUBVENTION_NUMERAIRE_ET_NATURE);  // how much of it is not told
  const auto found = Detecter({a}, {one}, 0);
  ASSERT_THAT(found, SizeIs(2));
  for (const auto& each : found)
    EXPECT_EQ(each.gravite(), v1::GRAVITE_FINANCEMENT_AVERTISSEMENT) << each.regle();
}

TEST(Aides, APartIsRoundedToTheCent) {
  v1::Subvention s = Publiee("Théâtre", 1);
  for (const auto& [points, cents, part] : {std::tuple{10'000, 3, 3},
                                            {5000, 3, 2},
                                            {4999, 3, 1},
                                            {3333, 100'00, 33'33},
                                            {0, 500, 0},
                                            {5000, -3, -2},
                                            {2500, 100'000'00, 25'000'00}}) {
    s.set_part_points(points);
    s.set_montant_centimes(cents);
    EXPECT_EQ(PartDuBeneficiaire(s), part) << points << " of " << cents;
  }
}

TEST(Surfinancement, EnormousAmountsDoNotOverflow) {
  std::vector<LigneDetectee> lignes;
  for (int i = 0; i < 2000; ++i)
    lignes.push_back(Ligne(std::to_string(i), "f" + std::to_string(i), 10'000'000'000'000'000));
  const auto found = Detecter({Action("a", "Théâtre", 1, lignes)}, {}, 0);
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_EQ(found[0].montant_centimes(), std::numeric_limits<int64_t>::max());
}

TEST(Aides, AnAttributionIsOfTheYearsOfItsPeriod) {
  v1::Subvention s = Publiee("Théâtre", 1, 2022);
  s.set_periode_versement("2022-11-01/2024-03-31");
  EXPECT_FALSE(DeLAnnee(s, 2021));
  for (int year : {2022, 2023, 2024}) EXPECT_TRUE(DeLAnnee(s, year)) << year;
  EXPECT_FALSE(DeLAnnee(s, 2025));
}

}  // namespace
}  // namespace pdv::financement
