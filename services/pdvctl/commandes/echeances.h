#ifndef PDV_SERVICES_PDVCTL_COMMANDES_ECHEANCES_H_
#define PDV_SERVICES_PDVCTL_COMMANDES_ECHEANCES_H_

#include "services/pdvctl/commandes/commande.h"

namespace pdv::pdvctl {

// `pdvctl echeances`: what waits: undecided lines by age, appels that close soon.
CommandeDeclaree DeclarationEcheances();
int ExecuterEcheances(const Arguments& arguments, Contexte& contexte);

}  // namespace pdv::pdvctl

#endif  // PDV_SERVICES_PDVCTL_COMMANDES_ECHEANCES_H_
