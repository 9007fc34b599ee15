#ifndef PDV_SERVICES_GATEWAY_DOMAIN_REFUS_DEPOT_H_
#define PDV_SERVICES_GATEWAY_DOMAIN_REFUS_DEPOT_H_

#include "absl/status/status.h"
#include "pdv/actions/v1/action.pb.h"
#include "pdv/actions/v1/regle.pb.h"

namespace pdv::gateway {

// What a deposit refuses by itself, as a porteur reads it. Pure.

// FAILED_PRECONDITION with each rule that the attestation would break, as AttesterAction says it;
// OK where none does. Evaluated before the dossier is submitted, so that what a rule refuses is
// still a draft.
absl::Status RefusDesRegles(const actions::v1::EvaluerDossierResponse& evaluation,
                            const std::string& action);
// FAILED_PRECONDITION: the dossier was filed, or given up, and says something else. Tells how it is
// changed in its state, which is in the metadata `etat`.
absl::Status RefusDejaDepose(const actions::v1::Action& action);
// ABORTED: the draft was changed since the deposit began.
absl::Status RefusModifie(const actions::v1::Action& action);

}  // namespace pdv::gateway

#endif  // PDV_SERVICES_GATEWAY_DOMAIN_REFUS_DEPOT_H_
