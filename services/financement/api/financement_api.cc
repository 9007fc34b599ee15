#include "services/financement/api/financement_api.h"

#include <memory>
#include <mutex>

#include "common/pg/error.h"
#include "common/status/error.h"
#include "services/financement/app/arreter_programmation.h"
#include "services/financement/app/budgets.h"
#include "services/financement/app/decider_ligne.h"
#include "services/financement/app/doter_enveloppe.h"
#include "services/financement/app/expirer_reservations.h"
#include "services/financement/app/regles_ressources.h"
#include "services/financement/app/subventions.h"
#include "services/financement/store/agregats.h"
#include "services/financement/store/echeances.h"
#include "services/financement/store/enveloppes.h"
#include "services/financement/store/releve.h"
#include "services/financement/store/surfinancement.h"

namespace pdv::financement {
namespace {

void DeclareConstraints() {
  pg::DeclareConstraint("enveloppe_suffisante", "ENVELOPPE_INSUFFISANTE",
                        "L'enveloppe n'a pas assez pour cette décision.");
  pg::DeclareConstraint("enveloppe_delegue", "REPRISE_EXCESSIVE",
                        "On ne reprend pas plus que ce qui a été délégué.");
  pg::DeclareConstraint("enveloppe_recu", "REPRISE_EXCESSIVE",
                        "On ne reprend pas à une enveloppe plus que ce qui lui a été délégué.");
  pg::DeclareConstraint(
      "enveloppe_figee", "ENVELOPPE_FIGEE",
      "Une enveloppe ne change ni de financeur, ni de programme, ni de BOP, ni de périmètre, ni "
      "d'exercice, ni de nature, ni de parent.");
  pg::DeclareConstraint("ligne_suit_ecritures", "ECRITURE_MANQUANTE",
                        "Les montants d'une ligne ne bougent que par des écritures.");
  pg::DeclareConstraint("enveloppe_suit_ecritures", "ECRITURE_MANQUANTE",
                        "Les montants d'une enveloppe ne bougent que par des écritures.");
  pg::DeclareConstraint("ligne_refus_sans_vote", "LIGNE_DECIDEE",
                        "Une ligne refusée n'a pas de montant voté.");
  pg::DeclareConstraint("ligne_action_financeur_key", "LIGNE_EXISTANTE",
                        "Ce financeur a déjà une ligne sur cette action.");
  pg::DeclareConstraint("ligne_engage_vote", "MONTANT_EXCESSIF", "On n'engage pas plus que voté.");
  pg::DeclareConstraint("ligne_paye_engage", "MONTANT_EXCESSIF", "On ne paie pas plus qu'engagé.");
  pg::DeclareConstraint("programmation_lignes_decidees", "LIGNES_NON_DECIDEES",
                        "Des lignes proposées attendent encore leur vote.");
  pg::DeclareConstraint("budget_action_key", "RESSOURCE_EXISTANTE",
                        "Cette action a déjà un budget.");
  pg::DeclareConstraint("budget_equilibre", "BUDGET_DESEQUILIBRE",
                        "Ce budget n'est pas équilibré.");
  pg::DeclareConstraint("budget_totaux", "BUDGET_DESEQUILIBRE",
                        "Les totaux de ce budget ne sont pas ceux de ses lignes.");
  pg::DeclareConstraint("subvention_cle_naturelle", "SUBVENTION_EXISTANTE",
                        "Cette attribution est déjà connue sous un autre nom.");
  pg::DeclareConstraint(
      "plan_comptable_fige", "PLAN_FIGE",
      "Un plan comptable ne change pas : une nouvelle version est un autre plan.");
}

// A read as of an instant whose writers are not finished waits for them without a session.
constexpr service::Patience kInstant = {"INSTANT_NON_ATTEINT"};

void DeclareLectures(service::Api& api) {
  const std::string& key = api.store().token_key();
  api.Query<v1::GetEnveloppeRequest, v1::Enveloppe>("GetEnveloppe", GetEnveloppe, kInstant);
  api.Query<v1::ListEnveloppesRequest, v1::ListEnveloppesResponse>(
      "ListEnveloppes",
      [&key](pg::Session& session, const v1::ListEnveloppesRequest& request) {
        return ListEnveloppes(session, request, key);
      },
      kInstant);
  api.Query<v1::ReleveCompteRequest, v1::ReleveCompteResponse>(
      "ReleveCompte",
      [&key](pg::Session& session, const v1::ReleveCompteRequest& request) {
        return ReleveCompte(session, request, key);
      },
      kInstant);
  api.Query<v1::GetAgregatsRequest, v1::Agregats>("GetAgregats", GetAgregats, kInstant);
  // It holds a session for as long as everything takes to be read: one at a time.
  auto under_way = std::make_shared<std::mutex>();
  api.Query<v1::VerifierAgregatsRequest, v1::VerifierAgregatsResponse>(
      "VerifierAgregats",
      [under_way](pg::Session& session, const v1::VerifierAgregatsRequest& request)
          -> absl::StatusOr<v1::VerifierAgregatsResponse> {
        std::unique_lock alone(*under_way, std::try_to_lock);
        if (!alone.owns_lock())
          return status::Error(absl::StatusCode::kResourceExhausted, "SURCHARGE",
                               "Une vérification est déjà en cours : réessayez quand elle sera "
                               "finie.")
              .RetryAfter(absl::Seconds(10))
              .Build();
        return VerifierAgregats(session, request);
      });
  api.Query<v1::ListEcheancesRequest, v1::ListEcheancesResponse>(
      "ListEcheances", [&key](pg::Session& session, const v1::ListEcheancesRequest& request) {
        return ListEcheances(session, request, key);
      });
  api.Query<v1::EvaluerFinancementRequest, v1::EvaluerFinancementResponse>("EvaluerFinancement",
                                                                           EvaluerFinancement);
  api.Query<v1::DetecterSurfinancementRequest, v1::DetecterSurfinancementResponse>(
      "DetecterSurfinancement", DetecterSurfinancement);
}

}  // namespace

void Declare(service::Api& api) {
  DeclareConstraints();

  api.Resource<v1::Financeur>(ReglesFinanceur);
  api.Resource<v1::Enveloppe>(ReglesEnveloppe, LecturesEnveloppe);
  api.Resource<v1::Ligne>(ReglesLigne, LecturesLigne, SuitesLigne);
  api.Resource<v1::Programmation>(ReglesProgrammation);
  api.Resource<v1::PlanComptable>(ReglesPlanComptable);
  api.Resource<v1::Budget>(ReglesBudget, LecturesBudget, SuitesBudget);
  api.Resource<v1::Subvention>(ReglesSubvention);

  api.Mutation<v1::AbonderEnveloppeRequest>("AbonderEnveloppe", AbonderEnveloppe);
  api.Mutation<v1::DeleguerEnveloppeRequest>("DeleguerEnveloppe", DeleguerEnveloppe);
  api.Mutation<v1::TransfererEnveloppeRequest>("TransfererEnveloppe", TransfererEnveloppe);
  api.Mutation<v1::GelerEnveloppeRequest>("GelerEnveloppe", GelerEnveloppe);
  api.Mutation<v1::DegelerEnveloppeRequest>("DegelerEnveloppe", DegelerEnveloppe);
  api.Mutation<v1::ReporterEnveloppeRequest>("ReporterEnveloppe", ReporterEnveloppe);

  api.Mutation<v1::PrendreEnChargeLigneRequest>("PrendreEnChargeLigne", PrendreEnChargeLigne);
  api.Mutation<v1::DeclarerRecevableLigneRequest>("DeclarerRecevableLigne", DeclarerRecevableLigne);
  api.Mutation<v1::DeclarerIrrecevableLigneRequest>("DeclarerIrrecevableLigne",
                                                    DeclarerIrrecevableLigne);
  api.Mutation<v1::ConstaterSansReponseLigneRequest>("ConstaterSansReponseLigne",
                                                     ConstaterSansReponseLigne);
  api.Mutation<v1::ProposerLigneRequest>("ProposerLigne", ProposerLigne);
  api.Mutation<v1::VoterLigneRequest>("VoterLigne", VoterLigne);
  api.Mutation<v1::NotifierLigneRequest>("NotifierLigne", NotifierLigne);
  api.Mutation<v1::RefuserLigneRequest>("RefuserLigne", RefuserLigne);
  api.Mutation<v1::EngagerLigneRequest>("EngagerLigne", EngagerLigne);
  api.Mutation<v1::VerserLigneRequest>("VerserLigne", VerserLigne);
  api.Mutation<v1::BatchVoterLignesRequest>("BatchVoterLignes", BatchVoterLignes);
  api.Mutation<v1::BatchDeciderLignesRequest>("BatchDeciderLignes", BatchDeciderLignes);
  api.table().Blocking("ExpirerReservations",
                       [store = &api.store()](rpc::CallPtr call, rpc::MessagePtr request) {
                         return ExpirerReservations(*store, std::move(call), std::move(request));
                       });
  api.Mutation<v1::ArreterProgrammationRequest>("ArreterProgrammation", ArreterProgrammation);

  DeclareLectures(api);
  api.Watch("WatchFinancement", "ListEvenements");
}

}  // namespace pdv::financement
