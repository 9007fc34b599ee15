#ifndef PDV_SERVICES_GATEWAY_DOMAIN_RANG_H_
#define PDV_SERVICES_GATEWAY_DOMAIN_RANG_H_

#include <cstdint>
#include <string>
#include <vector>

namespace pdv::gateway {

// What one funder voted on a perimeter, in cents.
struct VoteFinanceur {
  std::string financeur;  // "financeurs/etat"
  bool etat = false;      // the État / ANCT
  int64_t vote_centimes = 0;
};

// The first two funders and the gap between them (founding document, S7: "l'État/ANCT est le 1er
// financeur, avec parfois des écarts importants").
struct Rang {
  std::string premier, second;  // "" when there are fewer
  int64_t ecart_centimes = 0;   // first less second
  int32_t ecart_points = 0;     // the same, of the voted total, in basis points
  int32_t nb_financeurs = 0;    // those that voted something
  int64_t vote_centimes = 0;    // in all
  bool alerte_etat_non_premier = false;
};

// Ranks by voted amount. The État that ties with another is not alone first, and yet no alert: it
// gave no less than anybody. Other ties go by name.
Rang Classer(std::vector<VoteFinanceur> votes);

}  // namespace pdv::gateway

#endif  // PDV_SERVICES_GATEWAY_DOMAIN_RANG_H_
