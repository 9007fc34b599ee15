#ifndef PDV_SERVICES_PDVCTL_COMMANDES_PORTEUR_H_
#define PDV_SERVICES_PDVCTL_COMMANDES_PORTEUR_H_

#include "services/pdvctl/commandes/commande.h"

namespace pdv::pdvctl {

// `pdvctl porteur …`: who carries the actions, its contrat d'engagement républicain, those who act
// for it.
CommandeDeclaree DeclarationPorteur();
int ExecuterPorteur(const Arguments& arguments, Contexte& contexte);

}  // namespace pdv::pdvctl

#endif  // PDV_SERVICES_PDVCTL_COMMANDES_PORTEUR_H_
