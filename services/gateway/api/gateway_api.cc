#include "services/gateway/api/gateway_api.h"

#include "pdv/gateway/v1/gateway.pb.h"
#include "services/gateway/app/coherence.h"
#include "services/gateway/app/deposer_dossier.h"
#include "services/gateway/app/etat_suite.h"
#include "services/gateway/app/fiche_action.h"
#include "services/gateway/app/tableau.h"

namespace pdv::gateway {
namespace {

// `call` is const for a read; a use case that changes state hands positions to the caller through it.
template <class Request, class Response, class AnyCall>
void Composed(rpc::ServiceTable& table, const char* method, const Pairs& pairs,
              absl::StatusOr<Response> (*use_case)(const Pairs&, AnyCall&, const Request&)) {
  table.Unary<Request, Response>(
      method, [&pairs, use_case](rpc::Call& call, const Request& request) {
        return use_case(pairs, call, request);
      });
}

}  // namespace

void Declare(rpc::ServiceTable& table, const Pairs& pairs) {
  Composed(table, "DeposerDossier", pairs, DeposerDossier);
  Composed(table, "GetFicheAction", pairs, FicheAction);
  Composed(table, "GetTableauDeBord", pairs, TableauDeBord);
  Composed(table, "VerifierCoherence", pairs, VerifierCoherence);
  Composed(table, "GetEtat", pairs, EtatSuite);
}

}  // namespace pdv::gateway
