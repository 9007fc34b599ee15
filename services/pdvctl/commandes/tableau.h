#ifndef PDV_SERVICES_PDVCTL_COMMANDES_TABLEAU_H_
#define PDV_SERVICES_PDVCTL_COMMANDES_TABLEAU_H_

#include "services/pdvctl/commandes/commande.h"

namespace pdv::pdvctl {

// `pdvctl tableau`: see its usage text.
CommandeDeclaree DeclarationTableau();
int ExecuterTableau(const Arguments& arguments, Contexte& contexte);

}  // namespace pdv::pdvctl

#endif  // PDV_SERVICES_PDVCTL_COMMANDES_TABLEAU_H_
