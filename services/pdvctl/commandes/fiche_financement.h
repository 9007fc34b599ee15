#ifndef PDV_SERVICES_PDVCTL_COMMANDES_FICHE_FINANCEMENT_H_
#define PDV_SERVICES_PDVCTL_COMMANDES_FICHE_FINANCEMENT_H_

#include "pdv/gateway/v1/fiche.pb.h"
#include "services/pdvctl/commandes/commande.h"

namespace pdv::pdvctl {

// The euros of an action: its budget with what is out of balance, and what each funder does.
void DireFinancement(const gateway::v1::FicheAction& fiche, Contexte& contexte);

}  // namespace pdv::pdvctl

#endif  // PDV_SERVICES_PDVCTL_COMMANDES_FICHE_FINANCEMENT_H_
