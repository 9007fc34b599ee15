#ifndef PDV_SERVICES_PDVCTL_COMMANDES_ENVELOPPE_H_
#define PDV_SERVICES_PDVCTL_COMMANDES_ENVELOPPE_H_

#include "services/pdvctl/commandes/commande.h"

namespace pdv::pdvctl {

// `pdvctl enveloppe`: the envelopes, their tree, and what is left of them, entry by entry.
CommandeDeclaree DeclarationEnveloppe();
int ExecuterEnveloppe(const Arguments& arguments, Contexte& contexte);

}  // namespace pdv::pdvctl

#endif  // PDV_SERVICES_PDVCTL_COMMANDES_ENVELOPPE_H_
