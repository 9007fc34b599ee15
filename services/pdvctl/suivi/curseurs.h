#ifndef PDV_SERVICES_PDVCTL_SUIVI_CURSEURS_H_
#define PDV_SERVICES_PDVCTL_SUIVI_CURSEURS_H_

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

namespace pdv::pdvctl {

// Where a person stands in the feeds of several services: one cursor a service, written
// "contrats=12.3,actions=45.6". Opaque but for the names of the services.
using Curseurs = std::map<std::string, std::string>;

// "contrats=12.3,actions=45.6", in the order of their names.
std::string EcrireCurseurs(const Curseurs& curseurs);

// Reads what EcrireCurseurs wrote, or "-" (the newest state of every resource first), or "" (from
// now). Answers one cursor for each of `services`; one that the text does not name begins now.
// INVALID_ARGUMENT, in French: no cursor, or that of a service that is not followed.
absl::StatusOr<Curseurs> LireCurseurs(std::string_view texte,
                                      const std::vector<std::string>& services);

}  // namespace pdv::pdvctl

#endif  // PDV_SERVICES_PDVCTL_SUIVI_CURSEURS_H_
