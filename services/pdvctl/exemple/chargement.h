#ifndef PDV_SERVICES_PDVCTL_EXEMPLE_CHARGEMENT_H_
#define PDV_SERVICES_PDVCTL_EXEMPLE_CHARGEMENT_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "services/pdvctl/arguments/arguments.h"
#include "services/pdvctl/commandes/commande.h"
#include "services/pdvctl/commandes/passerelle.h"

namespace pdv::pdvctl::exemple {

// One step of the loading: how many things it did, and how many were done already.
struct Bilan {
  std::string etape;
  int64_t faits = 0;
  int64_t deja = 0;
};

// Plays the campaigns of these exercices (within kPremier and kDernier) through the gateway, in the
// name of those who would: reference data, calls, envelopes and their delegations, deposits,
// examination, proposals, votes, payments, programmations. `sans_dossier`: the reference data only.
//
// Each step looks at what is there and does what lacks: a loading that was cut is carried on, one
// that was complete changes nothing, and what people did since is left as it is.
absl::Status Charger(Passerelle& passerelle, Contexte& contexte, Exercices exercices,
                     bool sans_dossier, std::vector<Bilan>* bilans);

}  // namespace pdv::pdvctl::exemple

#endif  // PDV_SERVICES_PDVCTL_EXEMPLE_CHARGEMENT_H_
