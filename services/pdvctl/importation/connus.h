#ifndef PDV_SERVICES_PDVCTL_IMPORTATION_CONNUS_H_
#define PDV_SERVICES_PDVCTL_IMPORTATION_CONNUS_H_

#include <set>
#include <string>

#include "absl/status/statusor.h"
#include "services/pdvctl/commandes/passerelle.h"

namespace pdv::pdvctl {

// Names of the contrats that the suite knows; `filtre` as in ListContrats.
absl::StatusOr<std::set<std::string>> ContratsConnus(Passerelle& passerelle,
                                                     const std::string& filtre = "");
// Names of the porteurs that the suite knows: a file brings new ones in, and never renames one (the
// same SIRET is written in several ways from one file to the next).
absl::StatusOr<std::set<std::string>> PorteursConnus(Passerelle& passerelle);

}  // namespace pdv::pdvctl

#endif  // PDV_SERVICES_PDVCTL_IMPORTATION_CONNUS_H_
