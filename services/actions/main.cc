#include "absl/time/clock.h"
#include "common/service/main.h"

#include "services/actions/api/actions_api.h"
#include "services/actions/app/suivi.h"
#include "services/actions/store/coffre.h"
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
  // --documents=postgres|/path: where the contents of documents lie.
  std::shared_ptr<pdv::actions::Coffre> coffre;
  spec.flags = {"documents"};
  spec.configure = [&coffre](const pdv::rpc::Flags& flags, pdv::store::Store& store) {
    auto opened = pdv::actions::Coffre::Ouvrir(flags.Get("documents"), &store.pool());
    if (!opened.ok()) return opened.status();
    coffre = *std::move(opened);
    return absl::OkStatus();
  };
  spec.declare = [&coffre](pdv::service::Api& api) { pdv::actions::Declare(api, coffre); };
  spec.chores = {{"contenus_orphelins", absl::Hours(1), [&coffre](pdv::store::Store&, std::stop_token) {
                    return coffre->Balayer(absl::Hours(1), absl::Now() + absl::Seconds(30))
                        .status();
                  }}};
  spec.background = [](pdv::store::Store& store) {
    return std::make_unique<pdv::actions::Suivi>(&store);
  };
  return pdv::service::Main(argc, argv, std::move(spec));
}
