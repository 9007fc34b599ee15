#ifndef PDV_SERVICES_PDVCTL_COMMANDES_IMPORTER_H_
#define PDV_SERVICES_PDVCTL_COMMANDES_IMPORTER_H_

#include "services/pdvctl/commandes/commande.h"

namespace pdv::pdvctl {

// `pdvctl importer`: see its usage text.
CommandeDeclaree DeclarationImporter();
int ExecuterImporter(const Arguments& arguments, Contexte& contexte);

}  // namespace pdv::pdvctl

#endif  // PDV_SERVICES_PDVCTL_COMMANDES_IMPORTER_H_
