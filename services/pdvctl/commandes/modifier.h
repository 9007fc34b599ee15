#ifndef PDV_SERVICES_PDVCTL_COMMANDES_MODIFIER_H_
#define PDV_SERVICES_PDVCTL_COMMANDES_MODIFIER_H_

#include <string>

#include "services/pdvctl/commandes/commande.h"

namespace pdv::pdvctl {

// `pdvctl dossier modifier NOM FICHIER`: what the file says becomes what the dossier says, filed or
// not; the rest stays. One call for the action, each demand and the budget: the file played again
// goes on where it was stopped.
int ModifierDossier(const std::string& action, const Arguments& arguments, Contexte& contexte);

}  // namespace pdv::pdvctl

#endif  // PDV_SERVICES_PDVCTL_COMMANDES_MODIFIER_H_
