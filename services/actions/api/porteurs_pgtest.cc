// Porteurs, those who act for them, and their contrat d'engagement républicain, through the
// service.
#include <functional>

#include "common/pg/error.h"
#include "common/status/error.h"
#include "services/actions/api/essai_pgtest.h"

namespace pdv::actions {
namespace {

using status::ReasonOf;

class PorteursTest : public ActionsTest {
 protected:
  void SetUp() override {
    ASSERT_TRUE(Creer(Porteur("p")).ok());
    ASSERT_TRUE(Creer(Porteur("autre")).ok());
  }
  absl::StatusOr<v1::Porteur> Changer(const std::function<void(v1::Porteur&)>& change) {
    v1::UpdatePorteurRequest request;
    request.mutable_porteur()->set_name("porteurs/p");
    change(*request.mutable_porteur());
    return service_.Call<v1::Porteur>("UpdatePorteur", request);
  }
  static void Renommer(v1::Porteur& porteur) { porteur.set_raison_sociale("Les Ateliers"); }
  static void DeForme(v1::Porteur& porteur) { porteur.set_forme(v1::FORME_PORTEUR_AUTRE); }
  static void Reconnaitre(v1::Porteur& porteur) {
    Date(porteur.mutable_reconnue_utilite_publique_le(), 2020, 1, 1);
  }
  absl::StatusOr<v1::Porteur> Retirer(int y, int m, int d) {
    v1::RetirerContratEngagementRequest request;
    request.set_name("porteurs/p");
    Date(request.mutable_date(), y, m, d);
    Date(request.mutable_observations_le(), y, m, d);
    request.set_motif("Manquement");
    service_.As("prefet", "financeurs/etat", "paule");
    return service_.Call<v1::Porteur>("RetirerContratEngagement", request);
  }
  absl::StatusOr<v1::Membre> Nommer(const std::string& acteur, v1::RoleMembre role,
                                    const google::type::Date* au = nullptr) {
    v1::CreateMembreRequest request;
    request.set_parent("porteurs/p");
    request.set_membre_id(acteur);
    request.mutable_membre()->set_acteur(acteur);
    request.mutable_membre()->set_role(role);
    Date(request.mutable_membre()->mutable_du(), 2024, 1, 1);
    if (au != nullptr) *request.mutable_membre()->mutable_au() = *au;
    return service_.Call<v1::Membre>("CreateMembre", request);
  }
  std::string Refus(const std::string& sql) {
    const auto error = pg::ErrorOf(service_.sql().Exec(sql, {}, false).status());
    return error.has_value() ? error->constraint : "";
  }
};

TEST_F(PorteursTest, EachWritesItsOwn) {
  for (const char* role : {"redacteur", "signataire", "redacteur,financeur"}) {
    service_.As(role, "porteurs/autre");
    EXPECT_EQ(ReasonOf(Changer(Renommer).status()), "PERIMETRE_INSUFFISANT") << role;
    EXPECT_EQ(ReasonOf(Creer(Porteur("tiers")).status()), "PERIMETRE_INSUFFISANT") << role;
    v1::DeletePorteurRequest erase;
    erase.set_name("porteurs/p");
    EXPECT_EQ(ReasonOf(service_.Call<v1::Porteur>("DeletePorteur", erase).status()),
              "PERIMETRE_INSUFFISANT")
        << role;
    service_.As(role, "porteurs/p");
    EXPECT_TRUE(Changer(Renommer).ok()) << role;
  }
  service_.As("redacteur", "porteurs/nouveau");
  EXPECT_TRUE(Creer(Porteur("nouveau")).ok());
  // Another system, and the agents who help.
  service_.As("");
  EXPECT_TRUE(Creer(Porteur("tiers")).ok());
  service_.As("redacteur,chef_projet", "epci/243400769");
  EXPECT_TRUE(Changer(Renommer).ok());
  // Who may write, where the porteur says who does.
  service_.As("redacteur", "porteurs/p", "adam");
  ASSERT_TRUE(Nommer("adam", v1::ROLE_MEMBRE_ADMINISTRATEUR).ok());
  service_.As("redacteur", "porteurs/p", "rose");
  EXPECT_EQ(ReasonOf(Changer(Renommer).status()), "MANDAT_ABSENT");
}

TEST_F(PorteursTest, WhatItWasJudgedOnIsNoLongerItsOwnToChange) {
  ASSERT_TRUE(Souscrire("p", 2022, 1, 2).ok());
  ASSERT_TRUE(Creer(Action("a")).ok());
  service_.As("redacteur", "porteurs/p");
  EXPECT_TRUE(Changer(DeForme).ok()) << "a draft binds nobody";
  EXPECT_TRUE(Changer([](v1::Porteur& p) { p.set_forme(v1::FORME_PORTEUR_ASSOCIATION); }).ok());
  ASSERT_TRUE(Deposer("a").ok());
  for (const char* role : {"redacteur", "signataire"}) {
    service_.As(role, "porteurs/p");
    const absl::Status refused = Changer(DeForme).status();
    EXPECT_EQ(ReasonOf(refused), "CHAMP_RESERVE_AGENT");
    EXPECT_EQ(refused.code(), absl::StatusCode::kPermissionDenied);
    EXPECT_EQ(ReasonOf(Changer([](v1::Porteur& p) { p.set_siret(Siret("q")); }).status()),
              "CHAMP_RESERVE_AGENT");
    EXPECT_TRUE(Changer(Renommer).ok());
  }
  for (const char* role : {"instructeur", "chef_projet", "prefet"}) {
    service_.As(role);
    EXPECT_TRUE(Changer(DeForme).ok()) << role;
  }
}

TEST_F(PorteursTest, AnAgentStatesWhatIsDeemedToSatisfyTheContrat) {
  ASSERT_TRUE(Creer(Action("a")).ok());
  EXPECT_EQ(ReasonOf(Deposer("a").status()), "CONTRAT_ENGAGEMENT_ABSENT");
  service_.As("redacteur", "porteurs/p");
  EXPECT_EQ(ReasonOf(Changer(Reconnaitre).status()), "CHAMP_RESERVE_AGENT");
  service_.As("instructeur", "", "irene");
  const absl::Status refused = Changer([](v1::Porteur& p) {
                                 Date(p.mutable_agrement_tronc_commun_le(), 2023, 1, 2);
                                 Date(p.mutable_agrement_tronc_commun_jusquau(), 2023, 1, 1);
                               }).status();
  ASSERT_EQ(status::ViolationsOf(refused).size(), 1u) << refused;
  EXPECT_EQ(status::ViolationsOf(refused)[0].reason, "DATES_INCOHERENTES");
  ASSERT_TRUE(Changer(Reconnaitre).ok());
  EXPECT_TRUE(Attester("a").ok());
  EXPECT_EQ(Refus("UPDATE porteur SET agrement_tronc_commun_jusquau = '2024-01-01'"),
            "porteur_agrement");
}

TEST_F(PorteursTest, WhoIsDeemedToSatisfyTheContratLosesItByAWithdrawal) {
  ASSERT_TRUE(Creer(Action("a")).ok());
  EXPECT_EQ(ReasonOf(Retirer(2023, 5, 1).status()), "CONTRAT_ENGAGEMENT_ABSENT");
  EXPECT_EQ(Refus("UPDATE porteur SET cer_historique = '[{}]', cer_retire_le = '2023-05-01', "
                  "cer_retire_par = 'paule', cer_retrait_motif = 'x', cer_observations_le = "
                  "'2023-05-01' WHERE name = 'porteurs/p'"),
            "porteur_engagement");
  service_.As("instructeur", "", "irene");
  ASSERT_TRUE(Changer(Reconnaitre).ok());
  const auto withdrawn = Retirer(2023, 5, 1);
  ASSERT_TRUE(withdrawn.ok()) << withdrawn.status();
  EXPECT_EQ(withdrawn->cer_historique_size(), 1);
  EXPECT_EQ(ReasonOf(Deposer("a").status()), "CONTRAT_ENGAGEMENT_ABSENT");
  EXPECT_EQ(ReasonOf(Retirer(2023, 6, 1).status()), "CONTRAT_ENGAGEMENT_ABSENT") << "done once";
  // A later recognition takes the place of the one that it lost.
  service_.As("instructeur", "", "irene");
  const auto again =
      Changer([](v1::Porteur& p) { Date(p.mutable_reconnue_utilite_publique_le(), 2024, 1, 2); });
  ASSERT_TRUE(again.ok()) << again.status();
  EXPECT_TRUE(again->has_cer_retire_le());
  EXPECT_TRUE(Attester("a").ok());
}

TEST_F(PorteursTest, AWithdrawalStaysWhateverIsSubscribedLater) {
  ASSERT_TRUE(Souscrire("p", 2022, 1, 2).ok());
  ASSERT_TRUE(Retirer(2023, 5, 1).ok());
  EXPECT_EQ(status::ViolationsOf(Souscrire("p", 2022, 1, 2).status())[0].reason,
            "DATES_INCOHERENTES");
  const auto again = Souscrire("p", 2024, 1, 2);
  ASSERT_TRUE(again.ok()) << again.status();
  EXPECT_FALSE(again->has_cer_retire_le());
  ASSERT_EQ(again->cer_historique_size(), 3);
  EXPECT_EQ(again->cer_historique(1).motif(), "Manquement");
  EXPECT_EQ(again->cer_historique(1).acteur(), "paule");
  // As it is read back, and whoever writes the porteur.
  service_.As("redacteur", "porteurs/p");
  const auto renamed = Changer(Renommer);
  ASSERT_TRUE(renamed.ok()) << renamed.status();
  EXPECT_EQ(renamed->cer_historique_size(), 3);
  const std::string guard = "porteur_engagement_historique";
  EXPECT_EQ(Refus("UPDATE porteur SET cer_historique = NULL WHERE name = 'porteurs/p'"), guard);
  EXPECT_EQ(Refus("UPDATE porteur SET cer_historique = cer_historique - 1 "
                  "WHERE name = 'porteurs/p'"),
            guard);
  EXPECT_EQ(Refus("UPDATE porteur SET cer_historique = jsonb_set(cer_historique, '{1,motif}', "
                  "'\"x\"') WHERE name = 'porteurs/p'"),
            guard);
  EXPECT_EQ(Refus("UPDATE porteur SET cer_souscrit_le = '2022-01-02' WHERE name = 'porteurs/p'"),
            guard);
}

TEST_F(PorteursTest, APorteurWithoutAdministrateurIsHelped) {
  service_.As("redacteur", "porteurs/p", "adam");
  ASSERT_TRUE(Nommer("adam", v1::ROLE_MEMBRE_ADMINISTRATEUR).ok());
  service_.As("prefet", "financeurs/etat", "paule");
  EXPECT_EQ(ReasonOf(Nommer("alma", v1::ROLE_MEMBRE_ADMINISTRATEUR).status()),
            "PERIMETRE_INSUFFISANT")
      << "there is one";
  // Written before it was refused: a last day without a successor.
  service_.Script("UPDATE membre SET au = '2024-06-30', revision = revision + 1");
  service_.As("redacteur", "porteurs/p", "adam");
  EXPECT_EQ(ReasonOf(Nommer("alma", v1::ROLE_MEMBRE_ADMINISTRATEUR).status()), "MANDAT_ABSENT");
  service_.As("prefet", "financeurs/etat", "");
  EXPECT_EQ(ReasonOf(Nommer("alma", v1::ROLE_MEMBRE_ADMINISTRATEUR).status()),
            "PERIMETRE_INSUFFISANT")
      << "nobody says who names her";
  service_.As("prefet", "financeurs/etat", "paule");
  EXPECT_EQ(ReasonOf(Nommer("anne", v1::ROLE_MEMBRE_SIGNATAIRE).status()), "PERIMETRE_INSUFFISANT");
  const auto alma = Nommer("alma", v1::ROLE_MEMBRE_ADMINISTRATEUR);
  ASSERT_TRUE(alma.ok()) << alma.status();
  EXPECT_EQ(alma->nomme_par(), "paule");
  service_.As("redacteur", "porteurs/p", "alma");
  EXPECT_EQ(Nommer("anne", v1::ROLE_MEMBRE_SIGNATAIRE)->nomme_par(), "alma");
}

}  // namespace
}  // namespace pdv::actions
