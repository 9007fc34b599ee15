#include "common/service/main.h"

#include "services/financement/api/financement_api.h"
#include "services/financement/app/budgets.h"
#include "services/financement/app/expirer_reservations.h"
#include "services/financement/app/semer_etat.h"
#include "services/financement/store/miroirs.h"

namespace pdv::financement {
const std::vector<pg::Migration>& Migrations();
}

int main(int argc, char** argv) {
  pdv::service::Spec spec;
  spec.name = "financement";
  spec.proto_service = "pdv.financement.v1.FinancementService";
  spec.migrations = pdv::financement::Migrations();
  spec.mirrors = {{"actions",
                   "pdv.actions.v1.ActionsService/WatchActions",
                   {&pdv::financement::MiroirAction(), &pdv::financement::MiroirPorteur(),
                    &pdv::financement::MiroirConflit()}},
                  {"contrats",
                   "pdv.contrats.v1.ContratsService/WatchContrats",
                   {&pdv::financement::MiroirContrat(), &pdv::financement::MiroirDepartement()}}};
  spec.declare = pdv::financement::Declare;
  spec.seed = [](pdv::store::Store& store) {
    absl::Status seeded = pdv::financement::SemerEtat(store);
    return seeded.ok() ? pdv::financement::SemerPlanComptable(store) : seeded;
  };
  spec.chores = {{"expirer_reservations", absl::Minutes(1), pdv::financement::ExpirerTout}};
  return pdv::service::Main(argc, argv, std::move(spec));
}
