#ifndef PDV_SERVICES_GATEWAY_DOMAIN_DOSSIER_H_
#define PDV_SERVICES_GATEWAY_DOMAIN_DOSSIER_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "pdv/actions/v1/action.pb.h"
#include "pdv/financement/v1/budget.pb.h"
#include "pdv/financement/v1/ligne.pb.h"
#include "pdv/gateway/v1/depot.pb.h"

namespace pdv::gateway {

// A deposit, taken out of its envelopes.
struct Dossier {
  actions::v1::CreateActionRequest action;
  financement::v1::CreateBudgetRequest budget;
  financement::v1::BatchCreateLignesRequest lignes;
};

// The requests of the steps, with their own request ids. INVALID_ARGUMENT with every violation at
// once, of the action, the budget and the lines: a part that is another message, a field that its
// own rules refuse. Fields that the gateway sets are not asked for. Pure.
absl::StatusOr<Dossier> LireDossier(const v1::DeposerDossierRequest& request);

// The budget and the lines are the action's: names them after it. A line is named after its funder,
// so that the same deposit never asks one twice.
void Nommer(const std::string& action, Dossier* dossier);

}  // namespace pdv::gateway

#endif  // PDV_SERVICES_GATEWAY_DOMAIN_DOSSIER_H_
