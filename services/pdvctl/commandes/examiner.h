#ifndef PDV_SERVICES_PDVCTL_COMMANDES_EXAMINER_H_
#define PDV_SERVICES_PDVCTL_COMMANDES_EXAMINER_H_

#include "services/pdvctl/commandes/commande.h"

namespace pdv::pdvctl {

// `pdvctl examiner FICHIER…`: what a file holds, and what is wrong with it, before importing it.
// Speaks to no server.
CommandeDeclaree DeclarationExaminer();
int ExecuterExaminer(const Arguments& arguments, Contexte& contexte);

}  // namespace pdv::pdvctl

#endif  // PDV_SERVICES_PDVCTL_COMMANDES_EXAMINER_H_
