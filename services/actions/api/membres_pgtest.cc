// Those who act for a porteur, through the service.
#include "services/actions/api/documents_pgtest.h"

namespace pdv::actions {
namespace {

using status::ReasonOf;

class MembresTest : public DocumentsTest {};

TEST_F(MembresTest, APorteurSaysWhoActsForIt) {
  const auto name = [&](const std::string& acteur, v1::RoleMembre role) {
    v1::CreateMembreRequest request;
    request.set_parent("porteurs/p");
    request.set_membre_id(acteur);
    request.mutable_membre()->set_acteur(acteur);
    request.mutable_membre()->set_role(role);
    Ecrire(types::Date(2024, 1, 1), request.mutable_membre()->mutable_du());
    return service_.Call<v1::Membre>("CreateMembre", request);
  };
  ASSERT_TRUE(Souscrire("p", 2022, 1, 2).ok());
  service_.As("redacteur", "porteurs/p", "rose");
  ASSERT_TRUE(name("adam", v1::ROLE_MEMBRE_ADMINISTRATEUR).ok());
  EXPECT_EQ(ReasonOf(name("rose", v1::ROLE_MEMBRE_REDACTEUR).status()), "MANDAT_ABSENT");
  service_.As("redacteur", "porteurs/p", "adam");
  ASSERT_TRUE(name("raoul", v1::ROLE_MEMBRE_REDACTEUR).ok());
  ASSERT_TRUE(name("anne", v1::ROLE_MEMBRE_SIGNATAIRE).ok());
  service_.As("signataire", "porteurs/autre", "adam");
  EXPECT_EQ(ReasonOf(name("pirate", v1::ROLE_MEMBRE_SIGNATAIRE).status()), "PERIMETRE_INSUFFISANT");
  // Rose is not of those who write any more; Raoul is.
  service_.As("redacteur", "porteurs/p", "rose");
  EXPECT_EQ(ReasonOf(Envoyer("rib", Pdf(20)).status()), "MANDAT_ABSENT");
  v1::CreateActionRequest create;
  *create.mutable_action() = Action("a");
  EXPECT_EQ(ReasonOf(service_.Call<v1::Action>("CreateAction", create).status()), "MANDAT_ABSENT");
  service_.As("redacteur", "porteurs/p", "raoul");
  ASSERT_TRUE(Envoyer("rib", Pdf(20)).ok());
  ASSERT_TRUE(service_.Call<v1::Action>("CreateAction", create).ok());
  Budget("a", true);
  const auto as = [&](const char* role, const char* acteur, const char* method) {
    service_.As(role, "porteurs/p", acteur);
    return ReasonOf(Faire<v1::SoumettreActionRequest>(method, "a").status());
  };
  v1::UpdateActionRequest change;
  change.mutable_action()->set_name("actions/a");
  change.mutable_action()->set_objet("Deux soirs par semaine");
  service_.As("redacteur", "porteurs/p", "rose");
  EXPECT_EQ(ReasonOf(service_.Call<v1::Action>("UpdateAction", change).status()), "MANDAT_ABSENT");
  EXPECT_EQ(as("redacteur", "rose", "SoumettreAction"), "MANDAT_ABSENT");
  EXPECT_EQ(as("redacteur", "raoul", "SoumettreAction"), "");
  EXPECT_EQ(as("signataire", "raoul", "AttesterAction"), "MANDAT_ABSENT");
  EXPECT_EQ(as("signataire", "rose", "AbandonnerAction"), "MANDAT_ABSENT");
  // The organisation is bound by who may sign for it, and nobody else.
  EXPECT_EQ(ReasonOf(Souscrire("p", 2023, 1, 2).status()), "MANDAT_ABSENT");
  EXPECT_EQ(as("signataire", "anne", "AttesterAction"), "");
  // The one who manages does not leave without a successor.
  service_.As("signataire", "porteurs/p", "adam");
  v1::DeleteMembreRequest leave;
  leave.set_name("porteurs/p/membres/adam");
  EXPECT_EQ(ReasonOf(service_.Call<v1::Membre>("DeleteMembre", leave).status()),
            "ADMINISTRATEUR_ABSENT");
  ASSERT_TRUE(name("alma", v1::ROLE_MEMBRE_ADMINISTRATEUR).ok());
  service_.As("signataire", "porteurs/p", "anne");
  EXPECT_EQ(ReasonOf(service_.Call<v1::Membre>("DeleteMembre", leave).status()), "MANDAT_ABSENT");
  service_.As("signataire", "porteurs/p", "adam");
  EXPECT_TRUE(service_.Call<v1::Membre>("DeleteMembre", leave).ok());
}

}  // namespace
}  // namespace pdv::actions
