#ifndef PDV_SERVICES_ACTIONS_DOMAIN_ISSUE_H_
#define PDV_SERVICES_ACTIONS_DOMAIN_ISSUE_H_

#include <optional>
#include <vector>

#include "pdv/financement/v1/ligne.pb.h"
#include "services/actions/domain/etats.h"

namespace pdv::actions {

// What the lines of a dossier make of it: once every funder has decided, it is programmed when one
// of them votes, refused when none does. nullopt while one has not decided (a funder that never
// answered has not, whatever its age), and where there are none.
std::optional<Verbe> Issue(const std::vector<financement::v1::EtatLigne>& lignes);

}  // namespace pdv::actions

#endif  // PDV_SERVICES_ACTIONS_DOMAIN_ISSUE_H_
