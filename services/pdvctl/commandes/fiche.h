#ifndef PDV_SERVICES_PDVCTL_COMMANDES_FICHE_H_
#define PDV_SERVICES_PDVCTL_COMMANDES_FICHE_H_

#include "services/pdvctl/commandes/commande.h"

namespace pdv::pdvctl {

// `pdvctl fiche NOM`: everything known of one resource, whichever it is. An action is told with its
// porteur, its quartiers, its lines and what was measured; what is secret is masked.
CommandeDeclaree DeclarationFiche();
int ExecuterFiche(const Arguments& arguments, Contexte& contexte);

}  // namespace pdv::pdvctl

#endif  // PDV_SERVICES_PDVCTL_COMMANDES_FICHE_H_
