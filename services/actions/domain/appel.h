#ifndef PDV_SERVICES_ACTIONS_DOMAIN_APPEL_H_
#define PDV_SERVICES_ACTIONS_DOMAIN_APPEL_H_

#include <set>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "common/types/date.h"
#include "pdv/actions/v1/action.pb.h"
#include "pdv/actions/v1/appel.pb.h"

namespace pdv::actions {

// The parts of an appel agree: it closes after it opens, ids are unique, each rule has the bound or
// the list that its nature takes, and its list only what a dossier may have. INVALID_ARGUMENT with
// every violation (APPEL_INCOHERENT, DATES_INCOHERENTES; REFERENCE_INCONNUE where a thématique or a
// quartier is none of `connues`).
absl::Status VerifierAppel(const v1::AppelAProjets& appel, const std::set<std::string>& connues);
// The values of its rules of one nature.
std::vector<std::string> ValeursCitees(const v1::AppelAProjets& appel, v1::NatureRegle nature);

// What an action says to its appel is of it: criteria and pieces that it has, each once, and
// documents of the action's own porteur. INVALID_ARGUMENT with every violation
// (REPONSES_INCOHERENTES). `appel` is null where the action names none.
absl::Status VerifierReponses(const v1::Action& action, const v1::AppelAProjets* appel);

// The verbs of an appel, on its present state; FAILED_PRECONDITION / TRANSITION_INTERDITE where it
// does not start from it. An appel is published once its last day is not over: a porteur could not
// answer it.
absl::Status Publier(types::Date jour, v1::AppelAProjets* appel);
// Records who closed it, and when.
absl::Status Clore(const std::string& acteur, absl::Time instant, v1::AppelAProjets* appel);
// Records who opened it again, when, why and until when. INVALID_ARGUMENT / DATES_INCOHERENTES
// where the new last day is in the past or not later than the present one.
absl::Status Rouvrir(const std::string& acteur, absl::Time instant, const std::string& motif,
                     types::Date jusquau, v1::AppelAProjets* appel);

}  // namespace pdv::actions

#endif  // PDV_SERVICES_ACTIONS_DOMAIN_APPEL_H_
