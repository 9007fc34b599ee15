#include "common/service/main.h"

#include "services/actions/api/actions_api.h"
#include "services/actions/app/suivi.h"
#include "services/actions/store/miroirs.h"

namespace pdv::actions {
const std::vector<pg::Migration>& Migrations();
}

int main(int argc, char** argv) {
  pdv::service::Spec spec;
  spec.name = "actions";
  spec.proto_service = "pdv.actions.v1.ActionsService";
  spec.migrations = pdv::actions::Migrations();
  spec.mirrors = {{"contrats",
                   "pdv.contrats.v1.ContratsService/WatchContrats",
                   {&pdv::actions::MiroirContrat(), &pdv::actions::MiroirQpv(),
                    &pdv::actions::MiroirThematique(), &pdv::actions::MiroirDispositif(),
                    &pdv::actions::MiroirCorrespondance()}},
                  {"financement",
                   "pdv.financement.v1.FinancementService/WatchFinancement",
                   {&pdv::actions::MiroirFinanceur(), &pdv::actions::MiroirLigne(),
                    &pdv::actions::MiroirBudget()}}};
  spec.declare = pdv::actions::Declare;
  spec.background = [](pdv::store::Store& store) {
    return std::make_unique<pdv::actions::Suivi>(&store);
  };
  return pdv::service::Main(argc, argv, std::move(spec));
}
