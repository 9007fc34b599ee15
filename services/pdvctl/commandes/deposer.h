#ifndef PDV_SERVICES_PDVCTL_COMMANDES_DEPOSER_H_
#define PDV_SERVICES_PDVCTL_COMMANDES_DEPOSER_H_

#include <string>

#include "absl/status/statusor.h"
#include "pdv/gateway/v1/depot.pb.h"
#include "services/pdvctl/commandes/commande.h"

namespace pdv::pdvctl {

// A whole dossier from one JSON text: {"action": {…}, "budget": {…}, "lignes": [{…}, …]}, each as
// its proto has it; // and /* */ comment. The action's name is the dossier's; without one the
// service chooses. INVALID_ARGUMENT, in French, for a text that is not that. Pure, thread-safe.
absl::StatusOr<gateway::v1::DeposerDossierRequest> LireDossier(const std::string& texte);

// `pdvctl dossier creer FICHIER [--attester]`: one call, which the same file continues where it was
// stopped.
int DeposerFichier(const Arguments& arguments, Contexte& contexte);

}  // namespace pdv::pdvctl

#endif  // PDV_SERVICES_PDVCTL_COMMANDES_DEPOSER_H_
