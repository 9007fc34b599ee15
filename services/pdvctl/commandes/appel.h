#ifndef PDV_SERVICES_PDVCTL_COMMANDES_APPEL_H_
#define PDV_SERVICES_PDVCTL_COMMANDES_APPEL_H_

#include "services/pdvctl/commandes/commande.h"

namespace pdv::pdvctl {

// `pdvctl appel lister|creer|publier|clore|rouvrir`: the appels à projets.
CommandeDeclaree DeclarationAppel();
int ExecuterAppel(const Arguments& arguments, Contexte& contexte);

}  // namespace pdv::pdvctl

#endif  // PDV_SERVICES_PDVCTL_COMMANDES_APPEL_H_
