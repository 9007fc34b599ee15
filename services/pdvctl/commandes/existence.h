#ifndef PDV_SERVICES_PDVCTL_COMMANDES_EXISTENCE_H_
#define PDV_SERVICES_PDVCTL_COMMANDES_EXISTENCE_H_

#include <string>

#include "services/pdvctl/commandes/passerelle.h"

namespace pdv::pdvctl {

// For an answer that is empty: a contrat that was mistyped must not be read as one where nothing
// was done. NOT_FOUND where the suite knows no such contrat; OK too where nobody can say.
absl::Status VerifierContrat(Passerelle& passerelle, const std::string& nom);

}  // namespace pdv::pdvctl

#endif  // PDV_SERVICES_PDVCTL_COMMANDES_EXISTENCE_H_
