#ifndef PDV_SERVICES_PDVCTL_COMMANDES_RELEVE_H_
#define PDV_SERVICES_PDVCTL_COMMANDES_RELEVE_H_

#include "services/pdvctl/commandes/commande.h"

namespace pdv::pdvctl {

// `pdvctl releve`: the entries behind an amount, now or as it was at an instant.
CommandeDeclaree DeclarationReleve();
int ExecuterReleve(const Arguments& arguments, Contexte& contexte);

}  // namespace pdv::pdvctl

#endif  // PDV_SERVICES_PDVCTL_COMMANDES_RELEVE_H_
