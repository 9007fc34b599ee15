#ifndef PDV_SERVICES_PDVCTL_EXEMPLE_PREPARATION_H_
#define PDV_SERVICES_PDVCTL_EXEMPLE_PREPARATION_H_

#include <vector>

#include "services/pdvctl/exemple/campagne.h"
#include "services/pdvctl/exemple/chargement.h"
#include "services/pdvctl/exemple/executant.h"

namespace pdv::pdvctl::exemple {

// What precedes the deposits. Each returns once what it says is there.

// The reference data (referentiel.h), by the imports.
absl::Status ImporterReferentiel(Passerelle& passerelle, Contexte& contexte, Bilan* bilan);

// Every association subscribes the contrat d'engagement républicain, on the first day that it
// exists: today's rules hold for who files today, whatever the exercice.
absl::Status SouscrireEngagements(Passerelle& passerelle, Executant& executant, Bilan* bilan);

// The call of an exercice takes deposits: written and published, or opened again where it ended
// before the loading did. Its last day is tomorrow.
absl::Status OuvrirAppel(Passerelle& passerelle, Executant& executant, int exercice, Bilan* bilan);
absl::Status CloreAppel(Executant& executant, int exercice);

// The envelopes of an exercice, and their money: outside → root → (delegations) → contrat.
absl::Status DoterEnveloppes(Passerelle& passerelle, Executant& executant, int exercice,
                             const std::vector<EnveloppeExemple>& enveloppes, Bilan* bilan);

}  // namespace pdv::pdvctl::exemple

#endif  // PDV_SERVICES_PDVCTL_EXEMPLE_PREPARATION_H_
