#ifndef PDV_SERVICES_ACTIONS_DOMAIN_LIEU_H_
#define PDV_SERVICES_ACTIONS_DOMAIN_LIEU_H_

#include <string>
#include <vector>

#include "pdv/actions/v1/action.pb.h"
#include "pdv/contrats/v1/contrat.pb.h"
#include "pdv/contrats/v1/qpv.pb.h"

namespace pdv::actions {

// Where an action takes place, as far as it is told.
struct Lieu {
  std::string departement, region;
};
// What the contrat and the quartiers tell: the one of the contrat where it has one only, else that
// of all the quartiers. Nothing is guessed: a contrat of two départements (CV043) and quartiers on
// both sides leave it empty. `contrat` may be null.
Lieu LieuDe(const contrats::v1::Contrat* contrat,
            const std::vector<const contrats::v1::Qpv*>& quartiers);

// True when the contrat or the quartiers are others.
bool ChangeDeLieu(const v1::Action& before, const v1::Action& after);

// Clears in `after` what it repeats of `before` and what the former contrat and quartiers had told
// (`deduit`): a place does not outlive what told it. What the source said stays.
void OublierLieu(const Lieu& deduit, const v1::Action& before, v1::Action* after);

// Fills the département and the region that the action leaves empty (LieuDe).
void CompleterLieu(const contrats::v1::Contrat* contrat,
                   const std::vector<const contrats::v1::Qpv*>& quartiers, v1::Action* action);

}  // namespace pdv::actions

#endif  // PDV_SERVICES_ACTIONS_DOMAIN_LIEU_H_
