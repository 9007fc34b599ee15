#ifndef PDV_SERVICES_PDVCTL_COMMANDES_FICHE_ACTION_H_
#define PDV_SERVICES_PDVCTL_COMMANDES_FICHE_ACTION_H_

#include <string>

#include "services/pdvctl/commandes/passerelle.h"

namespace pdv::pdvctl {

// All that the suite knows of one action, read at once. Exit status: 1 where a service did not
// answer, and its part lacks.
int DireFicheAction(Passerelle& passerelle, const std::string& name, bool json, Contexte& contexte);

}  // namespace pdv::pdvctl

#endif  // PDV_SERVICES_PDVCTL_COMMANDES_FICHE_ACTION_H_
