// What must hold whatever the writer is: the constraints of the migrations, asked with plain SQL.
#include <set>

#include "common/pg/error.h"
#include "services/actions/api/essai_pgtest.h"

namespace pdv::actions {
namespace {

constexpr char kSansDroit[] = "42501";  // insufficient_privilege

class ContraintesTest : public ActionsTest {
 protected:
  // The constraint that refuses the statement, or the SQLSTATE where it has no name; "" when it
  // passes.
  std::string Refus(const std::string& sql) {
    const absl::Status run = service_.sql().Exec(sql, {}, false).status();
    if (run.ok()) return "";
    const auto error = pg::ErrorOf(run);
    if (!error.has_value()) return std::string(run.message());
    return error->constraint.empty() ? error->sqlstate : error->constraint;
  }
  static std::string Porteur(const std::string& columns, const std::string& values) {
    static int count = 0;
    return "INSERT INTO porteur (name, uid, revision, create_time, update_time, raison_sociale, " +
           columns + ") VALUES ('porteurs/" + std::to_string(++count) +
           "', 'u', 1, now(), now(), 'x', " + values + ")";
  }
  static std::string Action(const std::string& columns, const std::string& values) {
    return "INSERT INTO action (name, uid, revision, create_time, update_time, intitule, exercice, "
           "marques_transversales, quartier_vecu, porteur, type, etat" +
           columns + ") VALUES ('actions/a', 'u', 1, now(), now(), 'x', 2023, '{}', false, " +
           values + ")";
  }
};

TEST_F(ContraintesTest, APorteurIsWhatItsIdentificationSays) {
  EXPECT_EQ(Refus(Porteur("identification", "'SIRET'")), "porteur_identifiant");
  EXPECT_EQ(Refus(Porteur("identification, siret", "'AUCUNE', '77554402601284'")),
            "porteur_identifiant");
  EXPECT_EQ(Refus(Porteur("identification, siret", "'SIRET', '77554402601284'")), "");
  EXPECT_EQ(Refus(Porteur("identification, siret", "'SIRET', '77554402601284'")),
            "porteur_siret_key");
  EXPECT_EQ(Refus(Porteur("identification", "'AUTRE'")), "porteur_identification");
  EXPECT_EQ(Refus(Porteur("identification, cer_retire_le", "'AUCUNE', '2023-01-01'")),
            "porteur_engagement");
  const std::string retrait =
      "identification, cer_retire_par, cer_retrait_motif, cer_observations_le, cer_retire_le, ";
  const std::string dit = "'AUCUNE', 'paule', 'x', '2023-02-01', '2023-02-01', ";
  for (const char* fonde :
       {"cer_souscrit_le", "reconnue_utilite_publique_le", "agrement_tronc_commun_le"}) {
    EXPECT_EQ(Refus(Porteur(retrait + fonde, dit + "'2023-02-02'")), "porteur_engagement");
    EXPECT_EQ(Refus(Porteur(retrait + fonde, dit + "'2023-02-01'")), "") << fonde;
  }
  EXPECT_EQ(Refus("DELETE FROM porteur"), kSansDroit);
}

TEST_F(ContraintesTest, AnActionIsWhole) {
  ASSERT_EQ(Refus("INSERT INTO porteur (name, uid, revision, create_time, update_time, "
                  "raison_sociale, identification) VALUES ('porteurs/p', 'u', 1, now(), now(), "
                  "'x', 'AUCUNE')"),
            "");
  EXPECT_EQ(Refus(Action("", "'porteurs/q', 'ACTION', 'BROUILLON'")), "action_porteur_fkey");
  EXPECT_EQ(Refus(Action("", "'porteurs/p', 'FETE', 'BROUILLON'")), "action_type");
  EXPECT_EQ(Refus(Action("", "'porteurs/p', 'ACTION', 'PERDUE'")), "action_etat");
  EXPECT_EQ(Refus(Action("", "'porteurs/p', 'ACTION', 'DEPOSEE'")), "action_attestee");
  EXPECT_EQ(Refus(Action(", attestations", "'porteurs/p', 'ACTION', 'BROUILLON', '[]'")),
            "action_attestee");
  EXPECT_EQ(Refus(Action(", date_debut, date_fin",
                         "'porteurs/p', 'ACTION', 'BROUILLON', '2023-02-02', '2023-02-01'")),
            "action_dates");
  EXPECT_EQ(Refus(Action(", quartiers",
                         "'porteurs/p', 'ACTION', 'BROUILLON', "
                         "'[{\"qpv\": \"qpv/a\", \"part_points\": 9999}]'")),
            "action_parts");
  EXPECT_EQ(Refus(Action(", quartiers",
                         "'porteurs/p', 'ACTION', 'BROUILLON', "
                         "'[{\"qpv\": \"qpv/a\", \"part_points\": 10000}]'")),
            "");
  EXPECT_EQ(Refus("UPDATE porteur SET delete_time = now()"), "porteur_avec_actions");
  EXPECT_EQ(Refus("TRUNCATE action"), kSansDroit);
  EXPECT_EQ(Refus("UPDATE action SET delete_time = now()"), "");
  EXPECT_EQ(Refus("UPDATE porteur SET delete_time = now()"), "");
  EXPECT_EQ(Refus("UPDATE action SET delete_time = NULL"), "action_porteur_present");
}

TEST_F(ContraintesTest, ADossierMovesByLegalStepsWhoeverWrites) {
  std::set<std::string> here;
  for (const Etape& etape : Etapes()) {
    if (etape.de != etape.vers) here.insert(NomDeLEtat(etape.de) + " " + NomDeLEtat(etape.vers));
  }
  here.insert("BROUILLON DEPOSEE");  // AttesterAction with `soumettre`: two steps, one write
  std::set<std::string> there;
  const auto rows = service_.sql().Exec("SELECT de || ' ' || vers FROM etape_action");
  ASSERT_TRUE(rows.ok());
  for (int row = 0; row < rows->rows(); ++row) there.emplace(rows->Text(row, 0));
  EXPECT_EQ(there, here);
  EXPECT_EQ(Refus("INSERT INTO etape_action VALUES ('SOLDEE', 'BROUILLON')"), kSansDroit);

  ASSERT_EQ(Refus(Porteur("identification", "'AUCUNE'")), "");
  service_.Script(
      "INSERT INTO action (name, uid, revision, create_time, update_time, intitule, exercice, "
      "marques_transversales, quartier_vecu, porteur, type, etat) SELECT 'actions/a', 'u', 1, "
      "now(), now(), 'x', 2023, '{}', false, name, 'ACTION', 'BROUILLON' FROM porteur");
  const std::string signe = ", depot_time = now(), attestations = '[{\"acteur\": \"alice\"}]'";
  EXPECT_EQ(Refus("UPDATE action SET etat = 'COMPLETE'" + signe), "action_etape");
  EXPECT_EQ(Refus("UPDATE action SET etat = 'DEPOSEE'"), "action_attestation");
  EXPECT_EQ(Refus("UPDATE action SET etat = 'EN_ATTENTE_ATTESTATION'"), "");
  EXPECT_EQ(Refus("UPDATE action SET etat = 'DEPOSEE'"), "action_attestation");
  EXPECT_EQ(Refus("UPDATE action SET etat = 'DEPOSEE'" + signe), "");
  EXPECT_EQ(Refus("UPDATE action SET attestations = NULL, depot_time = NULL"),
            "action_attestation");
  EXPECT_EQ(Refus("UPDATE action SET attestations = '[{\"acteur\": \"bruno\"}]'"),
            "action_attestation");
  EXPECT_EQ(Refus("UPDATE action SET depot_time = now() + interval '1 day'"), "action_attestation");
  EXPECT_EQ(Refus("UPDATE action SET etat = 'SOLDEE'"), "action_etape");
  // An import states a past that followed no step here.
  EXPECT_EQ(Refus("UPDATE action SET etat = 'SOLDEE', etat_importe = 'SOLDEE'"), "");
}

TEST_F(ContraintesTest, AComplementIsOfItsActionAndAnsweredOnce) {
  ASSERT_EQ(Refus(Porteur("identification", "'AUCUNE'")), "");
  service_.Script(
      "INSERT INTO action (name, uid, revision, create_time, update_time, intitule, "
      "exercice, marques_transversales, quartier_vecu, porteur, type, etat) SELECT "
      "'actions/a', 'u', 1, now(), now(), 'x', 2023, '{}', false, name, 'ACTION', "
      "'BROUILLON' FROM porteur");
  auto complement = [](const char* name, const char* action) {
    return std::string(
               "INSERT INTO complement (name, uid, revision, create_time, update_time, "
               "action, objet, demandeur) VALUES ('") +
           name + "', 'u', 1, now(), now(), '" + action + "', 'x', 'irene')";
  };
  EXPECT_EQ(Refus(complement("actions/b/complements/1", "actions/b")), "complement_action_fkey");
  EXPECT_EQ(Refus(complement("actions/b/complements/1", "actions/a")), "complement_de_l_action");
  EXPECT_EQ(Refus(complement("actions/a/complements/1", "actions/a")), "");
  EXPECT_EQ(Refus("UPDATE complement SET reponse = 'oui'"), "complement_reponse");
  EXPECT_EQ(Refus("UPDATE complement SET reponse = 'oui', repondant = 'remi'"), "");
  EXPECT_EQ(Refus("UPDATE complement SET reponse = 'non'"), "complement_repondu");
  EXPECT_EQ(Refus("DELETE FROM complement"), kSansDroit);
}

}  // namespace
}  // namespace pdv::actions
