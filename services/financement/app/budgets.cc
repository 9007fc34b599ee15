#include "services/financement/app/budgets.h"

#include <memory>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/status/error.h"
#include "common/types/date.h"
#include "common/types/nom.h"
#include "pdv/actions/v1/action.pb.h"
#include "pdv/financement/v1/financeur.pb.h"
#include "services/financement/app/decision.h"
#include "services/financement/domain/aides.h"
#include "services/financement/domain/budget.h"
#include "services/financement/domain/dossiers.h"
#include "services/financement/domain/plan_comptable.h"
#include "services/financement/store/miroirs.h"

namespace pdv::financement {
namespace {

using actions::v1::Action;

std::string ActionDe(const v1::Budget& budget) {
  return absl::StrCat("actions/", std::string(types::DernierSegment(budget.name())));
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
  return VerifierBudgetOuvert(action);
}

// The chart that a budget is written on: the one that it was on; for a new one, or one that changes
// it, a chart in force on the day. A register may tell of budgets on the charts of their time.
absl::Status ChoisirPlan(const v1::Budget* before, v1::Budget& after,
                         const store::Changes& changes) {
  if (after.plan().empty() && before != nullptr) after.set_plan(before->plan());
  if (before != nullptr && after.plan() == before->plan()) return absl::OkStatus();
  if (!after.plan().empty() && FromImport(changes)) return absl::OkStatus();
  const google::type::Date today = DayInParis(changes.now());
  const types::Date jour(today.year(), today.month(), today.day());
  if (after.plan().empty()) {
    const v1::PlanComptable* plan = PlanDuJour(changes.All<v1::PlanComptable>(), jour);
    if (plan == nullptr)
      return status::Error(
          absl::StatusCode::kFailedPrecondition, "PLAN_HORS_VIGUEUR",
          absl::StrCat("Aucun plan comptable n'est en vigueur le ", types::EcrireDate(jour),
                       " : l'administration doit d'abord en ouvrir un."));
    after.set_plan(plan->name());
    return absl::OkStatus();
  }
  absl::StatusOr<v1::PlanComptable> plan = changes.Get<v1::PlanComptable>(after.plan());
  if (!plan.ok()) return plan.status();
  if (EnVigueur(*plan, jour)) return absl::OkStatus();
  return status::Error(absl::StatusCode::kFailedPrecondition, "PLAN_HORS_VIGUEUR",
                       absl::StrCat("Le plan comptable « ", plan->libelle(),
                                    " » n'est pas en vigueur le ", types::EcrireDate(jour),
                                    " : laissez le plan vide pour prendre celui du jour."))
      .With("plan", plan->name());
}

// Of the funders that were read: those of the budget, and of the lines.
Libelles LibellesDe(const v1::Budget& budget, const std::vector<const v1::Ligne*>& lignes,
                    const store::Changes& changes) {
  Libelles libelles;
  auto add = [&](const std::string& name) {
    const auto* financeur = name.empty() ? nullptr : changes.Find<v1::Financeur>(name);
    if (financeur != nullptr) libelles[name] = financeur->libelle();
  };
  for (const v1::LigneBudget& ligne : budget.lignes()) add(ligne.financeur());
  for (const v1::Ligne* ligne : lignes) add(ligne->financeur());
  return libelles;
}

// The envelopes that the lines of the action name already may not pay everything. A line that ended
// without a vote is paid nothing.
absl::Status VerifierImputations(const std::vector<const v1::Ligne*>& lignes,
                                 const v1::Budget& budget, const store::Changes& changes) {
  for (const v1::Ligne* ligne : lignes) {
    const auto* enveloppe = changes.Find<v1::Enveloppe>(ligne->enveloppe());
    if (enveloppe == nullptr || MontantEnVue(*ligne) == 0) continue;
    absl::Status allowed = VerifierImputation(*enveloppe, budget);
    if (!allowed.ok()) return allowed;
  }
  return absl::OkStatus();
}

store::Read Financeur(const std::string& name) {
  return {&store::Table::Of<v1::Financeur>(), "name", name, /*lock=*/false};
}

}  // namespace

std::string BudgetDe(std::string_view action) {
  return absl::StrCat("budgets/", std::string(types::DernierSegment(action)));
}

std::vector<store::Read> LecturesBudget(const v1::Budget& budget) {
  return {store::Read::All<v1::PlanComptable>(),
          store::Read::Where<v1::Ligne>("action", ActionDe(budget))};
}

std::vector<store::Read> SuitesBudget(const v1::Budget& budget, const store::Changes& changes) {
  std::vector<store::Read> reads;
  for (const v1::Ligne* ligne : changes.Where<v1::Ligne>("action", ActionDe(budget))) {
    reads.push_back(Financeur(ligne->financeur()));
    // What it is never changes: it is not waited for.
    if (!ligne->enveloppe().empty())
      reads.push_back(
          {&store::Table::Of<v1::Enveloppe>(), "name", ligne->enveloppe(), /*lock=*/false});
  }
  const auto* known = changes.Find<v1::Budget>(budget.name());
  if (known == nullptr) return reads;
  for (const v1::LigneBudget& ligne : known->lignes()) {
    if (!ligne.financeur().empty()) reads.push_back(Financeur(ligne.financeur()));
  }
  return reads;
}

absl::Status ReglesBudget(const v1::Budget* before, v1::Budget& after, store::Changes& changes) {
  if (after.name() != BudgetDe(after.action()))
    return status::InvalidRequest(
        {{"budget_id", "NOM_INCOHERENT",
          absl::StrCat("Le budget de cette action se nomme ", BudgetDe(after.action()), ".")}});
  const auto* action = static_cast<const Action*>(changes.FindRow(MiroirAction(), after.action()));
  if (action != nullptr && !FromImport(changes)) {
    absl::Status allowed = VerifierEcriture(*action, changes);
    if (!allowed.ok()) return allowed;
  }
  absl::Status chosen = ChoisirPlan(before, after, changes);
  if (!chosen.ok()) return chosen;
  absl::StatusOr<v1::PlanComptable> plan = changes.Get<v1::PlanComptable>(after.plan());
  if (!plan.ok()) return plan.status();
  absl::Status valid = VerifierBudget(*plan, after);
  if (!valid.ok()) return valid;
  const auto lignes = changes.Where<v1::Ligne>("action", after.action());
  valid = VerifierImputations(lignes, after, changes);
  if (!valid.ok()) return valid;
  CalculerBudget(*plan, DemandesDe(lignes), LibellesDe(after, lignes, changes), &after);
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
    else if (parent != nullptr && !parent->parent().empty())
      violations.push_back({path + "parent", "COMPTE_INCONNU",
                            "Le compte parent est une rubrique : il n'a pas de parent lui-même."});
  }
  const auto jour = [](const google::type::Date& date) {
    return types::Date(date.year(), date.month(), date.day());
  };
  if (after.has_valide_au() && jour(after.valide_au()) <= jour(after.valide_du()))
    violations.push_back({"plan_comptable.valide_au", "VALEUR_HORS_BORNES",
                          "Un plan comptable finit après avoir commencé."});
  return violations.empty() ? absl::OkStatus() : status::InvalidRequest(std::move(violations));
}

std::vector<store::Read> LecturesSelonBudget(const v1::Ligne& ligne,
                                             const store::Changes& changes) {
  // An update may not repeat the action: the line as it is stored tells it.
  const auto* known = changes.Find<v1::Ligne>(ligne.name());
  const std::string& action = known == nullptr ? ligne.action() : known->action();
  const std::string budget = BudgetDe(action);
  if (changes.Find<v1::Budget>(budget) == nullptr && known == nullptr) return {};
  // The other lines' funders have their differences told already (see CalculerBudget).
  const std::string& financeur = known == nullptr ? ligne.financeur() : known->financeur();
  return {store::Read::Of<v1::Budget>(budget),
          store::Read::Where<v1::Ligne>("action", action),
          store::Read::All<v1::PlanComptable>(),
          Financeur(financeur),
          {&MiroirActionEtat(), "name", action, /*lock=*/false}};
}

absl::Status RecalculerBudget(const v1::Ligne& ligne, store::Changes& changes) {
  const auto* known = changes.Find<v1::Budget>(BudgetDe(ligne.action()));
  if (known == nullptr) return absl::OkStatus();
  std::vector<const v1::Ligne*> lignes = changes.Where<v1::Ligne>("action", ligne.action());
  std::erase_if(lignes, [&](const v1::Ligne* one) { return one->name() == ligne.name(); });
  lignes.push_back(&ligne);
  const auto* plan = changes.Find<v1::PlanComptable>(known->plan());
  if (plan == nullptr) return store::Changes::Missing(known->plan());
  v1::Budget budget = *known;
  CalculerBudget(*plan, DemandesDe(lignes), LibellesDe(budget, lignes, changes), &budget);
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
