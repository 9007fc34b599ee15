#ifndef PDV_SERVICES_PDVCTL_COMMANDES_SURFINANCEMENT_H_
#define PDV_SERVICES_PDVCTL_COMMANDES_SURFINANCEMENT_H_

#include "services/pdvctl/commandes/commande.h"

namespace pdv::pdvctl {

// `pdvctl surfinancement`: what looks paid too much, or twice, to one porteur.
CommandeDeclaree DeclarationSurfinancement();
int ExecuterSurfinancement(const Arguments& arguments, Contexte& contexte);

}  // namespace pdv::pdvctl

#endif  // PDV_SERVICES_PDVCTL_COMMANDES_SURFINANCEMENT_H_
