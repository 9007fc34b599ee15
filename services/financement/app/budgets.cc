#include "services/financement/app/budgets.h"

#include <memory>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/status/error.h"
#include "common/types/nom.h"
#include "pdv/actions/v1/action.pb.h"
#include "services/financement/domain/budget.h"
#include "services/financement/domain/plan_comptable.h"
#include "services/financement/store/miroirs.h"

namespace pdv::financement {
namespace {

using actions::v1::Action;

std::string ActionDe(const v1::Budget& budget) {
  return absl::StrCat("actions/", std::string(types::DernierSegment(budget.name())));
}

std::string PlanDe(const v1::Budget& budget) {
  return budget.plan().empty() ? kPlanDuJour : budget.plan();
}

bool FromImport(const store::Changes& changes) {
  return changes.call().method != nullptr &&
         absl::StartsWith(changes.call().method->name(), "Importer");
}

// A budget is the dossier's: it is written while the dossier is, by those who write it.
absl::Status VerifierEcriture(const Action& action, const store::Changes& changes) {
  const rpc::Identity& identity = changes.call().identity;
  if (identity.HasRole("redacteur") && identity.organisation != action.porteur())
    return status::Error(absl::StatusCode::kPermissionDenied, "PERIMETRE_INSUFFISANT",
                         "Ce budget est celui d'un dossier d'un autre porteur.");
  switch (action.etat()) {
    case actions::v1::ETAT_ACTION_BROUILLON:
    case actions::v1::ETAT_ACTION_EN_ATTENTE_ATTESTATION:
    case actions::v1::ETAT_ACTION_A_COMPLETER:
      return absl::OkStatus();
    default:
      return status::Error(absl::StatusCode::kFailedPrecondition, "BUDGET_FIGE",
                           "Le dossier est déposé : son budget ne change que s'il est à compléter.")
          .With("action", action.name());
  }
}

void Calculer(const v1::PlanComptable& plan, const std::string& action, store::Changes& changes,
              v1::Budget* budget) {
  CalculerBudget(plan, DemandesDe(changes.Where<v1::Ligne>("action", action)), budget);
}

}  // namespace

std::string BudgetDe(std::string_view action) {
  return absl::StrCat("budgets/", std::string(types::DernierSegment(action)));
}

std::vector<store::Read> LecturesBudget(const v1::Budget& budget) {
  return {store::Read{&store::Table::Of<v1::PlanComptable>(), "name", PlanDe(budget), false},
          store::Read::Where<v1::Ligne>("action", ActionDe(budget))};
}

absl::Status ReglesBudget(const v1::Budget* before, v1::Budget& after, store::Changes& changes) {
  if (after.name() != BudgetDe(after.action()))
    return status::InvalidRequest(
        {{"budget_id", "NOM_INCOHERENT",
          absl::StrCat("Le budget de cette action se nomme ", BudgetDe(after.action()), ".")}});
  after.set_plan(PlanDe(after));
  const auto* action = static_cast<const Action*>(changes.FindRow(MiroirAction(), after.action()));
  if (action != nullptr && !FromImport(changes)) {
    absl::Status allowed = VerifierEcriture(*action, changes);
    if (!allowed.ok()) return allowed;
  }
  absl::StatusOr<v1::PlanComptable> plan = changes.Get<v1::PlanComptable>(after.plan());
  if (!plan.ok()) return plan.status();
  absl::Status valid = VerifierBudget(*plan, after);
  if (!valid.ok()) return valid;
  Calculer(*plan, after.action(), changes, &after);
  return absl::OkStatus();
}

absl::Status ReglesPlanComptable(const v1::PlanComptable*, v1::PlanComptable& after,
                                 store::Changes&) {
  std::vector<status::Violation> violations;
  for (int i = 0; i < after.comptes_size(); ++i) {
    const v1::CompteBudget& compte = after.comptes(i);
    const std::string path = absl::StrCat("plan_comptable.comptes[", i, "].");
    if (Compte(after, compte.code()) != &compte)
      violations.push_back({path + "code", "COMPTE_EN_DOUBLE",
                            absl::StrCat("Le compte « ", compte.code(), " » est déjà au plan.")});
    const v1::CompteBudget* parent = Compte(after, compte.parent());
    if (!compte.parent().empty() && (parent == nullptr || parent->nature() != compte.nature()))
      violations.push_back({path + "parent", "COMPTE_INCONNU",
                            "Le compte parent est du plan, et du même côté du budget."});
  }
  return violations.empty() ? absl::OkStatus() : status::InvalidRequest(std::move(violations));
}

std::vector<store::Read> LecturesSelonBudget(const v1::Ligne& ligne,
                                             const store::Changes& changes) {
  // An update may not repeat the action: the line as it is stored tells it.
  const auto* known = changes.Find<v1::Ligne>(ligne.name());
  const std::string& action = known == nullptr ? ligne.action() : known->action();
  const std::string budget = BudgetDe(action);
  if (changes.Find<v1::Budget>(budget) == nullptr && known == nullptr) return {};
  return {store::Read::Of<v1::Budget>(budget), store::Read::Where<v1::Ligne>("action", action)};
}

absl::Status RecalculerBudget(const v1::Ligne& ligne, store::Changes& changes) {
  const auto* known = changes.Find<v1::Budget>(BudgetDe(ligne.action()));
  if (known == nullptr) return absl::OkStatus();
  std::vector<const v1::Ligne*> lignes = changes.Where<v1::Ligne>("action", ligne.action());
  std::erase_if(lignes, [&](const v1::Ligne* one) { return one->name() == ligne.name(); });
  lignes.push_back(&ligne);
  v1::Budget budget = *known;
  CalculerEcarts(DemandesDe(lignes), &budget);
  if (budget.SerializeAsString() == known->SerializeAsString()) return absl::OkStatus();
  return changes.Update(std::move(budget)).status();
}

absl::Status SemerPlanComptable(store::Store& store) {
  auto plan = std::make_shared<v1::PlanComptable>(PlanCerfa());
  auto call = std::make_shared<rpc::Call>();
  call->deadline = absl::InfiniteFuture();
  call->identity.acteur = "financement";
  auto mutation = store::Decide<v1::PlanComptable>(
      {store::Read::Of<v1::PlanComptable>(plan->name())},
      [row = *plan](store::Changes& changes) -> absl::StatusOr<v1::PlanComptable> {
        const auto* known = changes.Find<v1::PlanComptable>(row.name());
        if (known != nullptr) return *known;
        return changes.Insert(row);
      });
  return store.MutateAndWait(call, plan, std::move(mutation)).status();
}

}  // namespace pdv::financement
