#include "common/service/main.h"
#include "pdv/contrats/v1/contrats.pb.h"
#include "services/contrats/api/contrats_api.h"
#include "services/contrats/app/semer_referentiel.h"

namespace pdv::contrats {
const std::vector<pg::Migration>& Migrations();
}

int main(int argc, char** argv) {
  pdv::service::Spec spec;
  spec.name = "contrats";
  spec.proto_service = "pdv.contrats.v1.ContratsService";
  spec.migrations = pdv::contrats::Migrations();
  spec.declare = pdv::contrats::Declare;
  spec.seed = pdv::contrats::SemerReferentiel;
  return pdv::service::Main(argc, argv, std::move(spec));
}
