#ifndef PDV_SERVICES_PDVCTL_COMMANDES_ETAT_H_
#define PDV_SERVICES_PDVCTL_COMMANDES_ETAT_H_

#include "services/pdvctl/commandes/commande.h"

namespace pdv::pdvctl {

// `pdvctl etat`: see its usage text.
CommandeDeclaree DeclarationEtat();
int ExecuterEtat(const Arguments& arguments, Contexte& contexte);

}  // namespace pdv::pdvctl

#endif  // PDV_SERVICES_PDVCTL_COMMANDES_ETAT_H_
