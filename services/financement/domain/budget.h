#ifndef PDV_SERVICES_FINANCEMENT_DOMAIN_BUDGET_H_
#define PDV_SERVICES_FINANCEMENT_DOMAIN_BUDGET_H_

#include <map>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "pdv/financement/v1/budget.pb.h"
#include "pdv/financement/v1/enveloppe.pb.h"
#include "pdv/financement/v1/ligne.pb.h"
#include "pdv/financement/v1/plan_comptable.pb.h"

namespace pdv::financement {

// What no budget may hold, all at once: an account that the plan does not have; a subvention that
// does not say who is asked; a funder on a line that is no subvention, or that is the total of
// others. Then the two refusals of programme 147 (FAILED_PRECONDITION): an investment
// (INVESTISSEMENT_INTERDIT), and a second grant of the renewal programme on the same action
// (DOUBLE_FINANCEMENT_NPNRU).
absl::Status VerifierBudget(const v1::PlanComptable& plan, const v1::Budget& budget);

// The same two refusals for an envelope that a line of the action names: programme 147 is that of
// the envelope ("147", "P147", "0147"; of the État, none told), investment is class 2. OK for any
// other programme.
absl::Status VerifierImputation(const v1::Enveloppe& enveloppe, const v1::Budget& budget);

// What funders are asked, in cents, by their lines on the action.
using Demandes = std::map<std::string, int64_t>;
Demandes DemandesDe(const std::vector<const v1::Ligne*>& lignes);
// What funders are called, by name.
using Libelles = std::map<std::string, std::string>;

// Fills the totals, the differences and `equilibre`. The invariants of the form (CERFA n° 12156):
// charges = products; 86 = 87; each heading = its lines; each subvention = what its funder is
// asked. A difference that did not change keeps its words, so that only the funders of those that
// do need be in `libelles`. Pure; amounts are cents, and 300 lines of 100 billion euros fit an
// int64.
void CalculerBudget(const v1::PlanComptable& plan, const Demandes& demandes,
                    const Libelles& libelles, v1::Budget* budget);

}  // namespace pdv::financement

#endif  // PDV_SERVICES_FINANCEMENT_DOMAIN_BUDGET_H_
