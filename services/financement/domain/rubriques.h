#ifndef PDV_SERVICES_FINANCEMENT_DOMAIN_RUBRIQUES_H_
#define PDV_SERVICES_FINANCEMENT_DOMAIN_RUBRIQUES_H_

#include <cstdint>
#include <functional>
#include <map>
#include <string>

#include "pdv/financement/v1/budget.pb.h"
#include "pdv/financement/v1/plan_comptable.pb.h"

namespace pdv::financement {

// On the form (CERFA n° 12156), a heading is the total of its lines: 64 of 641, 645 and 647, 74 of
// the subventions by funder. Written alone it is an amount like another; beside its lines it says
// their total, and is not added to them.
struct Rubrique {
  int64_t annonce_centimes = 0;  // what the heading says
  int64_t lignes_centimes = 0;   // what its lines make
};

// The headings that a budget writes beside lines of theirs, by account. Accounts that the plan does
// not have are left out.
std::map<std::string, Rubrique, std::less<>> Rubriques(const v1::PlanComptable& plan,
                                                       const v1::Budget& budget);

}  // namespace pdv::financement

#endif  // PDV_SERVICES_FINANCEMENT_DOMAIN_RUBRIQUES_H_
