#ifndef PDV_SERVICES_FINANCEMENT_DOMAIN_PLAN_COMPTABLE_H_
#define PDV_SERVICES_FINANCEMENT_DOMAIN_PLAN_COMPTABLE_H_

#include <string_view>
#include <vector>

#include "common/types/date.h"
#include "pdv/financement/v1/plan_comptable.pb.h"

namespace pdv::financement {

// The plan that every store begins with.
inline constexpr char kPlanCerfa[] = "plans-comptables/cerfa-12156-06";

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
// Whether budgets are written on it on that day: from its first day on, until its end if it has
// one.
bool EnVigueur(const v1::PlanComptable& plan, types::Date jour);
// The plan of budgets that are written on that day: of those in force, the one that began last.
// nullptr: none is.
const v1::PlanComptable* PlanDuJour(const std::vector<const v1::PlanComptable*>& plans,
                                    types::Date jour);

// The account, or nullptr.
const v1::CompteBudget* Compte(const v1::PlanComptable& plan, std::string_view code);

}  // namespace pdv::financement

#endif  // PDV_SERVICES_FINANCEMENT_DOMAIN_PLAN_COMPTABLE_H_
