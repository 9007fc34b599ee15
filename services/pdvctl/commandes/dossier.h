#ifndef PDV_SERVICES_PDVCTL_COMMANDES_DOSSIER_H_
#define PDV_SERVICES_PDVCTL_COMMANDES_DOSSIER_H_

#include "services/pdvctl/commandes/commande.h"

namespace pdv::pdvctl {

// `pdvctl dossier …`: what a porteur, an instructeur and a committee do with a dossier.
CommandeDeclaree DeclarationDossier();
int ExecuterDossier(const Arguments& arguments, Contexte& contexte);

}  // namespace pdv::pdvctl

#endif  // PDV_SERVICES_PDVCTL_COMMANDES_DOSSIER_H_
