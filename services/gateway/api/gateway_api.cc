#include "services/gateway/api/gateway_api.h"

#include "pdv/gateway/v1/gateway.pb.h"
#include "services/gateway/app/coherence.h"
#include "services/gateway/app/etat_suite.h"
#include "services/gateway/app/fiche_action.h"
#include "services/gateway/app/tableau.h"

namespace pdv::gateway {
namespace {

template <auto UseCase, class Request, class Response>
void Composed(rpc::ServiceTable& table, const char* method, const Pairs& pairs) {
  table.Unary<Request, Response>(
      method, [&pairs](rpc::Call& call, const Request& request) {
        return UseCase(pairs, call, request);
      });
}

}  // namespace

void Declare(rpc::ServiceTable& table, const Pairs& pairs) {
  Composed<FicheAction, v1::GetFicheActionRequest, v1::FicheAction>(table, "GetFicheAction",
                                                                    pairs);
  Composed<TableauDeBord, v1::GetTableauDeBordRequest, v1::TableauDeBord>(
      table, "GetTableauDeBord", pairs);
  Composed<VerifierCoherence, v1::VerifierCoherenceRequest, v1::RapportCoherence>(
      table, "VerifierCoherence", pairs);
  Composed<EtatSuite, v1::GetEtatRequest, v1::EtatSuite>(table, "GetEtat", pairs);
}

}  // namespace pdv::gateway
