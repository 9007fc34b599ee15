#ifndef PDV_SERVICES_PDVCTL_COMMANDES_LIGNE_H_
#define PDV_SERVICES_PDVCTL_COMMANDES_LIGNE_H_

#include "services/pdvctl/commandes/commande.h"

namespace pdv::pdvctl {

// `pdvctl ligne`: the lines of funders, one by one or by a file of votes.
CommandeDeclaree DeclarationLigne();
int ExecuterLigne(const Arguments& arguments, Contexte& contexte);

}  // namespace pdv::pdvctl

#endif  // PDV_SERVICES_PDVCTL_COMMANDES_LIGNE_H_
