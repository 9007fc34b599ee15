#ifndef PDV_SERVICES_FINANCEMENT_APP_BUDGETS_H_
#define PDV_SERVICES_FINANCEMENT_APP_BUDGETS_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "common/store/changes.h"
#include "common/store/store.h"
#include "pdv/financement/v1/budget.pb.h"
#include "pdv/financement/v1/ligne.pb.h"
#include "pdv/financement/v1/plan_comptable.pb.h"

namespace pdv::financement {

// What create, update and import ask beyond the fields. See service::ResourceHooks.
absl::Status ReglesBudget(const v1::Budget* before, v1::Budget& after, store::Changes& changes);
// The plans, of which one is that of the day, and the lines of the action: their sums are compared
// with the budget. Then what their funders are called, for the differences that are told.
std::vector<store::Read> LecturesBudget(const v1::Budget& budget);
std::vector<store::Read> SuitesBudget(const v1::Budget& budget, const store::Changes& changes);
absl::Status ReglesPlanComptable(const v1::PlanComptable* before, v1::PlanComptable& after,
                                 store::Changes& changes);

// The budget of an action, by its name: "actions/x" -> "budgets/x".
std::string BudgetDe(std::string_view action);

// A line that changes what is asked changes what its action's budget is compared with: tells its
// differences again, if there is one. The mutation has read the budget, and with it the action's
// lines (LecturesSelonBudget).
absl::Status RecalculerBudget(const v1::Ligne& ligne, store::Changes& changes);
std::vector<store::Read> LecturesSelonBudget(const v1::Ligne& ligne, const store::Changes& changes);

// Brings in the plan that every store begins with, if it is missing.
absl::Status SemerPlanComptable(store::Store& store);

}  // namespace pdv::financement

#endif  // PDV_SERVICES_FINANCEMENT_APP_BUDGETS_H_
