#ifndef PDV_SERVICES_PDVCTL_COMMANDES_EXEMPLE_H_
#define PDV_SERVICES_PDVCTL_COMMANDES_EXEMPLE_H_

#include "services/pdvctl/commandes/commande.h"

namespace pdv::pdvctl {

// `pdvctl exemple`: see its usage text.
CommandeDeclaree DeclarationExemple();
int ExecuterExemple(const Arguments& arguments, Contexte& contexte);

}  // namespace pdv::pdvctl

#endif  // PDV_SERVICES_PDVCTL_COMMANDES_EXEMPLE_H_
