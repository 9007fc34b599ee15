#ifndef PDV_SERVICES_PDVCTL_COMMANDES_DOCUMENT_H_
#define PDV_SERVICES_PDVCTL_COMMANDES_DOCUMENT_H_

#include "services/pdvctl/commandes/commande.h"

namespace pdv::pdvctl {

// `pdvctl document …`: the documents of a porteur, sent, received and listed.
CommandeDeclaree DeclarationDocument();
int ExecuterDocument(const Arguments& arguments, Contexte& contexte);

}  // namespace pdv::pdvctl

#endif  // PDV_SERVICES_PDVCTL_COMMANDES_DOCUMENT_H_
