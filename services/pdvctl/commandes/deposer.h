#ifndef PDV_SERVICES_PDVCTL_COMMANDES_DEPOSER_H_
#define PDV_SERVICES_PDVCTL_COMMANDES_DEPOSER_H_

#include "services/pdvctl/commandes/commande.h"

namespace pdv::pdvctl {

// `pdvctl dossier creer FICHIER [--attester]`: one call, which the same file continues where it was
// stopped.
int DeposerFichier(const Arguments& arguments, Contexte& contexte);

}  // namespace pdv::pdvctl

#endif  // PDV_SERVICES_PDVCTL_COMMANDES_DEPOSER_H_
