#include "common/service/main.h"
#include "services/evaluation/api/evaluation_api.h"
#include "services/evaluation/app/semer_indicateurs.h"
#include "services/evaluation/store/miroirs.h"

namespace pdv::evaluation {
const std::vector<pg::Migration>& Migrations();
}

int main(int argc, char** argv) {
  pdv::service::Spec spec;
  spec.name = "evaluation";
  spec.proto_service = "pdv.evaluation.v1.EvaluationService";
  spec.migrations = pdv::evaluation::Migrations();
  spec.mirrors = {{"contrats",
                   "pdv.contrats.v1.ContratsService/WatchContrats",
                   {&pdv::evaluation::MiroirContrat(), &pdv::evaluation::MiroirQpv()}},
                  {"actions",
                   "pdv.actions.v1.ActionsService/WatchActions",
                   {&pdv::evaluation::MiroirAction()}}};
  spec.declare = pdv::evaluation::Declare;
  spec.seed = pdv::evaluation::SemerIndicateurs;
  return pdv::service::Main(argc, argv, std::move(spec));
}
