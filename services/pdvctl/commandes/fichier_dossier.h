#ifndef PDV_SERVICES_PDVCTL_COMMANDES_FICHIER_DOSSIER_H_
#define PDV_SERVICES_PDVCTL_COMMANDES_FICHIER_DOSSIER_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "pdv/actions/v1/action.pb.h"
#include "pdv/financement/v1/budget.pb.h"
#include "pdv/financement/v1/ligne.pb.h"
#include "pdv/gateway/v1/depot.pb.h"

namespace pdv::pdvctl {

// A dossier as people write it, one JSON text: {"action": {…}, "budget": {…}, "lignes": [{…}, …]},
// each as its proto has it; // and /* */ comment. Pure, thread-safe.

// The whole dossier, to be filed. The action's name is the dossier's; without one the service
// chooses. INVALID_ARGUMENT, in French, for a text that is not that.
absl::StatusOr<gateway::v1::DeposerDossierRequest> LireDossier(const std::string& texte);

// What a text changes of a dossier: the fields that it gives, and no other.
struct Modification {
  std::optional<actions::v1::UpdateActionRequest> action;
  std::optional<financement::v1::UpdateBudgetRequest> budget;
  std::vector<financement::v1::Ligne> lignes;  // what each of these funders is asked, in all
};

// The parts that a text gives, one at least, for the dossier of that name ("actions/…").
// INVALID_ARGUMENT, in French, for a text of another dossier, or one that is not that.
absl::StatusOr<Modification> LireModification(const std::string& texte, const std::string& action);

}  // namespace pdv::pdvctl

#endif  // PDV_SERVICES_PDVCTL_COMMANDES_FICHIER_DOSSIER_H_
