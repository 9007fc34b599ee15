#ifndef PDV_SERVICES_PDVCTL_COMMANDES_SUIVRE_H_
#define PDV_SERVICES_PDVCTL_COMMANDES_SUIVRE_H_

#include "services/pdvctl/commandes/commande.h"

namespace pdv::pdvctl {

// `pdvctl suivre`: what happens in the suite, as it happens: one line an event, or one JSON object
// a line. Ends on SIGINT or SIGTERM with status 0, and says from which cursor to go on.
CommandeDeclaree DeclarationSuivre();
int ExecuterSuivre(const Arguments& arguments, Contexte& contexte);

}  // namespace pdv::pdvctl

#endif  // PDV_SERVICES_PDVCTL_COMMANDES_SUIVRE_H_
