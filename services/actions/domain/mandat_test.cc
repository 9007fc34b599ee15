#include "services/actions/domain/mandat.h"

#include "common/status/error.h"
#include "gtest/gtest.h"
#include "services/actions/domain/dates.h"

namespace pdv::actions {
namespace {

constexpr types::Date kJour(2024, 3, 15);

v1::Membre Membre(const std::string& acteur, v1::RoleMembre role) {
  v1::Membre membre;
  membre.set_name("porteurs/p/membres/" + acteur);
  membre.set_acteur(acteur);
  membre.set_role(role);
  Ecrire(types::Date(2024, 1, 1), membre.mutable_du());
  return membre;
}

TEST(Mandat, HoldsFromItsFirstDayToItsLast) {
  v1::Membre membre = Membre("anne", v1::ROLE_MEMBRE_SIGNATAIRE);
  Ecrire(kJour, membre.mutable_du());
  EXPECT_FALSE(EnFonction(membre, kJour - 1));
  EXPECT_TRUE(EnFonction(membre, kJour));
  EXPECT_TRUE(EnFonction(membre, kJour + 1000));
  Ecrire(kJour, membre.mutable_au());
  EXPECT_TRUE(EnFonction(membre, kJour));
  EXPECT_FALSE(EnFonction(membre, kJour + 1));
}

TEST(Mandat, APorteurThatNamesNobodyBindsNobody) {
  EXPECT_TRUE(VerifierMandat({}, "anne", v1::ROLE_MEMBRE_SIGNATAIRE, kJour).ok());
  const v1::Membre redactrice = Membre("rose", v1::ROLE_MEMBRE_REDACTEUR);
  EXPECT_TRUE(VerifierMandat({&redactrice}, "anne", v1::ROLE_MEMBRE_SIGNATAIRE, kJour).ok());
  EXPECT_EQ(
      status::ReasonOf(VerifierMandat({&redactrice}, "anne", v1::ROLE_MEMBRE_REDACTEUR, kJour)),
      "MANDAT_ABSENT");
}

TEST(Mandat, EachActTakesItsRoleOnTheDay) {
  const v1::Membre rose = Membre("rose", v1::ROLE_MEMBRE_REDACTEUR);
  v1::Membre anne = Membre("anne", v1::ROLE_MEMBRE_SIGNATAIRE);
  const v1::Membre adam = Membre("adam", v1::ROLE_MEMBRE_ADMINISTRATEUR);
  const std::vector<const v1::Membre*> all = {&rose, &anne, &adam};
  const auto may = [&](const char* acteur, v1::RoleMembre role) {
    return VerifierMandat(all, acteur, role, kJour).ok();
  };
  for (const char* acteur : {"rose", "anne", "adam"})
    EXPECT_TRUE(may(acteur, v1::ROLE_MEMBRE_REDACTEUR)) << acteur;
  EXPECT_TRUE(may("anne", v1::ROLE_MEMBRE_SIGNATAIRE));
  EXPECT_FALSE(may("rose", v1::ROLE_MEMBRE_SIGNATAIRE));
  EXPECT_FALSE(may("adam", v1::ROLE_MEMBRE_SIGNATAIRE));
  EXPECT_TRUE(may("adam", v1::ROLE_MEMBRE_ADMINISTRATEUR));
  EXPECT_FALSE(may("anne", v1::ROLE_MEMBRE_ADMINISTRATEUR));
  // Her time is over, and nobody else became signataire by it.
  Ecrire(kJour - 1, anne.mutable_au());
  EXPECT_FALSE(may("anne", v1::ROLE_MEMBRE_SIGNATAIRE));
  EXPECT_FALSE(may("rose", v1::ROLE_MEMBRE_SIGNATAIRE));
  // Taken off the list, it is as if she had never been on it.
  anne.mutable_delete_time()->set_seconds(1);
  EXPECT_TRUE(may("rose", v1::ROLE_MEMBRE_SIGNATAIRE));
}

TEST(Mandat, APorteurKeepsAnAdministrateur) {
  const v1::Membre adam = Membre("adam", v1::ROLE_MEMBRE_ADMINISTRATEUR);
  const v1::Membre alma = Membre("alma", v1::ROLE_MEMBRE_ADMINISTRATEUR);
  v1::Membre leaves = adam;
  Ecrire(kJour - 1, leaves.mutable_au());
  EXPECT_EQ(status::ReasonOf(VerifierMembre({&adam}, leaves, kJour)), "ADMINISTRATEUR_ABSENT");
  EXPECT_TRUE(VerifierMembre({&adam, &alma}, leaves, kJour).ok());
  leaves = adam;
  leaves.mutable_delete_time()->set_seconds(1);
  EXPECT_EQ(status::ReasonOf(VerifierMembre({&adam}, leaves, kJour)), "ADMINISTRATEUR_ABSENT");
  EXPECT_TRUE(VerifierMembre({}, Membre("rose", v1::ROLE_MEMBRE_REDACTEUR), kJour).ok());
}

// Nobody may name the next one once the last one's time is over.
TEST(Mandat, AnAdministrateurDoesNotLeaveADayWithoutOne) {
  const v1::Membre adam = Membre("adam", v1::ROLE_MEMBRE_ADMINISTRATEUR);
  v1::Membre leaves = adam;
  Ecrire(kJour + 10, leaves.mutable_au());
  const absl::Status refused = VerifierMembre({&adam}, leaves, kJour);
  EXPECT_EQ(status::ReasonOf(refused), "ADMINISTRATEUR_ABSENT");
  EXPECT_EQ(status::MetadataOf(refused, "jour"), "2024-03-26");
  EXPECT_EQ(status::ReasonOf(VerifierMembre({}, leaves, kJour)), "ADMINISTRATEUR_ABSENT")
      << "nor is the first one named with a last day";
  v1::Membre alma = Membre("alma", v1::ROLE_MEMBRE_ADMINISTRATEUR);
  Ecrire(kJour + 12, alma.mutable_du());
  EXPECT_EQ(status::ReasonOf(VerifierMembre({&adam, &alma}, leaves, kJour)),
            "ADMINISTRATEUR_ABSENT");
  Ecrire(kJour + 11, alma.mutable_du());
  EXPECT_TRUE(VerifierMembre({&adam, &alma}, leaves, kJour).ok());
  // A chain of them ends by one who has no last day.
  Ecrire(kJour + 20, alma.mutable_au());
  EXPECT_EQ(status::ReasonOf(VerifierMembre({&adam, &alma}, leaves, kJour)),
            "ADMINISTRATEUR_ABSENT");
  v1::Membre ada = Membre("ada", v1::ROLE_MEMBRE_ADMINISTRATEUR);
  Ecrire(kJour + 15, ada.mutable_du());
  EXPECT_TRUE(VerifierMembre({&adam, &alma, &ada}, leaves, kJour).ok());
}

TEST(Mandat, AnAdministrateurIsNamedWhereNoneIsLeft) {
  v1::Membre adam = Membre("adam", v1::ROLE_MEMBRE_ADMINISTRATEUR);
  Ecrire(kJour - 1, adam.mutable_au());
  EXPECT_FALSE(AdministrateurEnFonction({&adam}, kJour));
  EXPECT_TRUE(AdministrateurEnFonction({&adam}, kJour - 1));
  v1::Membre alma = Membre("alma", v1::ROLE_MEMBRE_ADMINISTRATEUR);
  Ecrire(kJour, alma.mutable_du());
  EXPECT_TRUE(VerifierMembre({&adam}, alma, kJour).ok());
  // What is over may be corrected, and the others named, meanwhile.
  Ecrire(kJour - 2, adam.mutable_au());
  EXPECT_TRUE(VerifierMembre({&adam}, adam, kJour).ok());
  EXPECT_TRUE(VerifierMembre({&adam}, Membre("rose", v1::ROLE_MEMBRE_REDACTEUR), kJour).ok());
}

TEST(Mandat, DatesAreInOrder) {
  v1::Membre membre = Membre("rose", v1::ROLE_MEMBRE_REDACTEUR);
  Ecrire(types::Date(2023, 12, 31), membre.mutable_au());
  const absl::Status refused = VerifierMembre({}, membre, kJour);
  ASSERT_EQ(status::ViolationsOf(refused).size(), 1u);
  EXPECT_EQ(status::ViolationsOf(refused)[0].reason, "DATES_INCOHERENTES");
}

}  // namespace
}  // namespace pdv::actions
