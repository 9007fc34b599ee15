#ifndef PDV_SERVICES_EVALUATION_DOMAIN_REFERENTIEL_H_
#define PDV_SERVICES_EVALUATION_DOMAIN_REFERENTIEL_H_

#include <vector>

#include "pdv/evaluation/v1/indicateur.pb.h"

namespace pdv::evaluation {

// The indicators that the suite brings along: the context series of INSEE, and what calls for
// projects ask of every action (beneficiaries, share of QPV public, cost per beneficiary).
std::vector<v1::Indicateur> Indicateurs();

}  // namespace pdv::evaluation

#endif  // PDV_SERVICES_EVALUATION_DOMAIN_REFERENTIEL_H_
