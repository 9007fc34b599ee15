#ifndef PDV_SERVICES_ACTIONS_DOMAIN_LIEU_H_
#define PDV_SERVICES_ACTIONS_DOMAIN_LIEU_H_

#include <vector>

#include "pdv/actions/v1/action.pb.h"
#include "pdv/contrats/v1/contrat.pb.h"
#include "pdv/contrats/v1/qpv.pb.h"

namespace pdv::actions {

// Fills the département and the region that the action leaves empty, where the contrat names one
// only, else where all its quartiers lie in one. Nothing is guessed: a contrat of two départements
// (CV043) and quartiers on both sides leave them empty. `contrat` may be null.
void CompleterLieu(const contrats::v1::Contrat* contrat,
                   const std::vector<const contrats::v1::Qpv*>& quartiers, v1::Action* action);

}  // namespace pdv::actions

#endif  // PDV_SERVICES_ACTIONS_DOMAIN_LIEU_H_
