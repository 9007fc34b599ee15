#ifndef PDV_SERVICES_FINANCEMENT_DOMAIN_PLAN_COMPTABLE_H_
#define PDV_SERVICES_FINANCEMENT_DOMAIN_PLAN_COMPTABLE_H_

#include <string_view>

#include "pdv/financement/v1/plan_comptable.pb.h"

namespace pdv::financement {

// The plan of budgets that name none.
inline constexpr char kPlanDuJour[] = "plans-comptables/cerfa-12156-06";

// The lines of the form CERFA n° 12156*06, « demande de subvention » of associations (arrêté du 24
// mai 2005), which budgets, accounts and their comparison share. Account codes are those of the
// plan comptable; a suffix tells the funders apart, as the form does.
const v1::PlanComptable& PlanCerfa();

// A subvention that is no public aid: what foundations and companies give.
inline constexpr char kAidesPrivees[] = "74aidespriv";
// True for the porteur's own products: sales (70), contributions and gifts (75), financial products
// (76), own resources. Tariffs (73) are public; what is left over of earlier grants (78) and what
// funders pay back (79) is none of his.
bool EstRessourcePropre(std::string_view compte);

// The account, or nullptr.
const v1::CompteBudget* Compte(const v1::PlanComptable& plan, std::string_view code);

}  // namespace pdv::financement

#endif  // PDV_SERVICES_FINANCEMENT_DOMAIN_PLAN_COMPTABLE_H_
