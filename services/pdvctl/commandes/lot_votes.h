#ifndef PDV_SERVICES_PDVCTL_COMMANDES_LOT_VOTES_H_
#define PDV_SERVICES_PDVCTL_COMMANDES_LOT_VOTES_H_

#include "services/pdvctl/commandes/commande.h"

namespace pdv::pdvctl {

// The votes of a CSV file: columns `ligne` and `montant`, or `droit_commun` and `specifiques`. The
// request ids come from the content: the same file again applies nothing twice. Exit status: 0 all
// voted, 1 some refused, 2 nothing done.
int VoterLot(const Arguments& arguments, Contexte& contexte);

}  // namespace pdv::pdvctl

#endif  // PDV_SERVICES_PDVCTL_COMMANDES_LOT_VOTES_H_
