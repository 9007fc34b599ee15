#ifndef PDV_SERVICES_PDVCTL_COMMANDES_FICHE_INSTRUCTION_H_
#define PDV_SERVICES_PDVCTL_COMMANDES_FICHE_INSTRUCTION_H_

#include "pdv/gateway/v1/fiche.pb.h"
#include "services/pdvctl/commandes/commande.h"

namespace pdv::pdvctl {

// What those who judge an action asked, said, marked and declared, whether it still counts or not.
void DireInstruction(const gateway::v1::FicheAction& fiche, Contexte& contexte);

}  // namespace pdv::pdvctl

#endif  // PDV_SERVICES_PDVCTL_COMMANDES_FICHE_INSTRUCTION_H_
