#ifndef PDV_SERVICES_ACTIONS_DOMAIN_REGLES_EVALUATION_H_
#define PDV_SERVICES_ACTIONS_DOMAIN_REGLES_EVALUATION_H_

#include "absl/status/status.h"
#include "services/actions/domain/regles/regle.h"

namespace pdv::actions::regles {

// Every rule in force on `faits.jour` that the dossier breaks, national ones first, then those of
// its appel; deterministic, whatever was decided before.
v1::EvaluerDossierResponse Evaluer(const Faits& faits);

// OK when no refusal guards the verb. Otherwise FAILED_PRECONDITION with the reason, the rule, the
// path and the citation of the first one, and a precondition for each that says its own, so that
// the porteur reads it all at once. `refus` in the metadata counts the rules.
absl::Status Garder(Verbe verbe, const Faits& faits);

// The national rules, for people to read; those of a day where the request gives one.
v1::ListReglesResponse Lister(const v1::ListReglesRequest& request);

}  // namespace pdv::actions::regles

#endif  // PDV_SERVICES_ACTIONS_DOMAIN_REGLES_EVALUATION_H_
