#ifndef PDV_SERVICES_ACTIONS_API_ESSAI_PGTEST_H_
#define PDV_SERVICES_ACTIONS_API_ESSAI_PGTEST_H_

#include <string>

#include "pdv/actions/v1/actions.pb.h"
#include "services/actions/api/actions_api.h"
#include "services/actions/domain/etats.h"
#include "services/actions/store/miroirs.h"
#include "tests/pgharness/service_harness.h"

namespace pdv::actions {

const std::vector<pg::Migration>& Migrations();

// The service over a fresh database, with what it would know of the contrats of Hérault.
class ActionsTest : public ::testing::Test {
 protected:
  ActionsTest() {
    service_.Script(R"sql(
      INSERT INTO miroir_contrat
        (name, revision, departements, regions, date_debut, date_fin, nomenclature) VALUES
        ('contrats/cv110', 1, '{departements/34}', '{regions/76}', '2015-01-01', '2023-12-31',
         'nomenclatures/piliers-2015-2023'),
        ('contrats/cv043', 1, '{departements/13,departements/84}', '{regions/93}', '2015-01-01',
         '2023-12-31', 'nomenclatures/piliers-2015-2023');
      INSERT INTO miroir_qpv (name, revision, departement, region) VALUES
        ('qpv/qp034001', 1, 'departements/34', 'regions/76'),
        ('qpv/qp034002', 1, 'departements/34', 'regions/76');
      INSERT INTO miroir_thematique (name, revision) VALUES
        ('nomenclatures/piliers-2015-2023/thematiques/education', 1),
        ('nomenclatures/piliers-2015-2023/thematiques/sante', 1),
        ('nomenclatures/national-2020-2023/thematiques/1-1', 1);
      INSERT INTO miroir_correspondance (name, revision, source, cible) VALUES
        ('correspondances/n-1-1', 1, 'nomenclatures/national-2020-2023/thematiques/1-1',
         'nomenclatures/piliers-2015-2023/thematiques/education');
      INSERT INTO miroir_dispositif (name, revision, libelle) VALUES ('dispositifs/pre', 1, 'PRE');
      INSERT INTO miroir_financeur (name, revision, libelle) VALUES
        ('financeurs/etat', 1, 'État'), ('financeurs/caf', 1, 'CAF');
    )sql");
  }

  static v1::Porteur Porteur(const std::string& id) {
    v1::Porteur porteur;
    porteur.set_name("porteurs/" + id);
    porteur.set_raison_sociale("Association " + id);
    porteur.set_identification(v1::IDENTIFICATION_PORTEUR_SIRET);
    porteur.set_siret(Siret(id));
    porteur.set_forme(v1::FORME_PORTEUR_ASSOCIATION);
    return porteur;
  }
  // A valid number, another for each id: SIREN and SIRET keep the key of Luhn.
  static std::string Siret(const std::string& id) {
    std::string digits = std::to_string(10'000'000 + std::hash<std::string>()(id) % 90'000'000);
    digits += Cle(digits);
    digits += "0001";
    return digits + Cle(digits);
  }
  static char Cle(const std::string& digits) {
    int sum = 0;
    for (size_t i = 0; i < digits.size(); ++i) {
      const int digit = digits[digits.size() - 1 - i] - '0';
      sum += i % 2 == 1 ? digit : digit * 2 / 10 + digit * 2 % 10;
    }
    return static_cast<char>('0' + (10 - sum % 10) % 10);
  }
  // An action that lacks nothing for a deposit.
  static v1::Action Action(const std::string& id, const std::string& porteur = "p") {
    v1::Action action;
    action.set_name("actions/" + id);
    action.set_intitule("Soutien scolaire");
    action.set_porteur("porteurs/" + porteur);
    action.set_contrat("contrats/cv110");
    action.set_exercice(2023);
    action.set_thematique("nomenclatures/piliers-2015-2023/thematiques/education");
    action.set_type(v1::TYPE_ACTION_ACTION);
    auto* publics = action.add_publics();
    publics->set_sexe(v1::SEXE_FEMME);
    publics->set_age(v1::TRANCHE_AGE_DE_6_A_15);
    publics->set_effectif(20);
    publics->set_effectif_qpv(15);
    Date(action.mutable_date_debut(), 2023, 1, 1);
    Date(action.mutable_date_fin(), 2023, 12, 31);
    return action;
  }
  static void Date(google::type::Date* date, int y, int m, int d) {
    date->set_year(y);
    date->set_month(m);
    date->set_day(d);
  }
  static void Part(v1::Action* action, const char* qpv, int points) {
    auto* part = action->add_quartiers();
    part->set_qpv(qpv);
    part->set_part_points(points);
  }

  absl::StatusOr<v1::Porteur> Creer(const v1::Porteur& porteur) {
    v1::CreatePorteurRequest request;
    *request.mutable_porteur() = porteur;
    return service_.Call<v1::Porteur>("CreatePorteur", request);
  }
  // Every method is called by someone who may: those of the porteur by its own people.
  absl::StatusOr<v1::Action> Creer(const v1::Action& action) {
    service_.As("redacteur", action.porteur());
    v1::CreateActionRequest request;
    *request.mutable_action() = action;
    return service_.Call<v1::Action>("CreateAction", request);
  }
  template <class Request>
  absl::StatusOr<v1::Action> Faire(const std::string& method, const std::string& id) {
    Request request;
    request.set_name("actions/" + id);
    request.set_motif("Avis du comité");
    return service_.Call<v1::Action>(method, request);
  }
  // The verb, by the first role that may.
  template <class Request>
  absl::StatusOr<v1::Action> Faire(Verbe verbe, const std::string& id,
                                   const std::string& porteur = "p") {
    service_.As(std::string(ActeDe(verbe).roles[0]), "porteurs/" + porteur);
    return Faire<Request>(std::string(ActeDe(verbe).methode), id);
  }
  absl::StatusOr<v1::Action> Soumettre(const std::string& id) {
    return Faire<v1::SoumettreActionRequest>(Verbe::kSoumettre, id);
  }
  // What financement would have told of the budget of an action: a new revision each time.
  void Budget(const std::string& id, bool equilibre) {
    service_.Script(
        "INSERT INTO miroir_budget (name, revision, action, equilibre) VALUES ('budgets/" + id +
        "', 1, 'actions/" + id + "', " + (equilibre ? "true" : "false") +
        ") ON CONFLICT (name) DO UPDATE SET equilibre = EXCLUDED.equilibre, "
        "revision = miroir_budget.revision + 1");
  }
  // What financement would have told of the line of a funder: a new revision each time.
  void Ligne(const std::string& id, const std::string& financeur, const std::string& etat) {
    service_.Script(
        "INSERT INTO miroir_ligne (name, revision, action, financeur, etat) VALUES "
        "('lignes/" +
        id + "-" + financeur + "', 1, 'actions/" + id + "', 'financeurs/" + financeur + "', '" +
        etat +
        "') ON CONFLICT (name) DO UPDATE SET etat = EXCLUDED.etat, "
        "revision = miroir_ligne.revision + 1");
  }
  absl::StatusOr<v1::Action> Attester(const std::string& id) {
    return Faire<v1::AttesterActionRequest>(Verbe::kAttester, id);
  }
  // From draft to filed, with a budget that balances.
  absl::StatusOr<v1::Action> Deposer(const std::string& id) {
    Budget(id, true);
    absl::StatusOr<v1::Action> written = Soumettre(id);
    return written.ok() ? Attester(id) : written;
  }
  // From filed to judged.
  absl::StatusOr<v1::Action> Instruire(const std::string& id) {
    absl::StatusOr<v1::Action> whole =
        Faire<v1::DeclarerCompleteRequest>(Verbe::kDeclarerComplete, id);
    return whole.ok() ? Faire<v1::InstruireActionRequest>(Verbe::kInstruire, id) : whole;
  }
  absl::StatusOr<v1::Porteur> Souscrire(const std::string& id, int y, int m, int d) {
    v1::SouscrireContratEngagementRequest request;
    request.set_name("porteurs/" + id);
    Date(request.mutable_date(), y, m, d);
    service_.As("signataire", "porteurs/" + id);
    return service_.Call<v1::Porteur>("SouscrireContratEngagement", request);
  }
  absl::StatusOr<commun::type::v1::RapportImport> Importer(const std::vector<v1::Action>& actions) {
    v1::ImporterActionsRequest chunk;
    for (const v1::Action& action : actions) *chunk.add_actions() = action;
    return service_.Import<v1::ImporterActionsRequest>("ImporterActions", {chunk});
  }

  testing::ServedService service_{
      {"actions",
       "pdv.actions.v1.ActionsService",
       Migrations(),
       {&MiroirContrat(), &MiroirQpv(), &MiroirThematique(), &MiroirDispositif(),
        &MiroirCorrespondance(), &MiroirFinanceur(), &MiroirLigne(), &MiroirBudget()},
       Declare}};
};

}  // namespace pdv::actions

#endif  // PDV_SERVICES_ACTIONS_API_ESSAI_PGTEST_H_
