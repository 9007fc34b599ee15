#ifndef PDV_SERVICES_FINANCEMENT_API_ESSAI_PGTEST_H_
#define PDV_SERVICES_FINANCEMENT_API_ESSAI_PGTEST_H_

#include "pdv/financement/v1/financement.pb.h"
#include "services/financement/api/financement_api.h"
#include "services/financement/app/budgets.h"
#include "services/financement/app/semer_etat.h"
#include "services/financement/store/miroirs.h"
#include "tests/pgharness/service_harness.h"

namespace pdv::financement {

const std::vector<pg::Migration>& Migrations();

// The service over a fresh database, seeded as it is at its start: the État and the form of
// budgets.
class FinancementTest : public ::testing::Test {
 protected:
  testing::ServedService service_{{"financement",
                                   "pdv.financement.v1.FinancementService",
                                   Migrations(),
                                   {&MiroirAction(), &MiroirPorteur(), &MiroirConflit(),
                                    &MiroirContrat(), &MiroirDepartement()},
                                   Declare,
                                   [](store::Store& store) {
                                     absl::Status seeded = SemerEtat(store);
                                     return seeded.ok() ? SemerPlanComptable(store) : seeded;
                                   }}};
};

}  // namespace pdv::financement

#endif  // PDV_SERVICES_FINANCEMENT_API_ESSAI_PGTEST_H_
