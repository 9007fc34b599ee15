#include "services/gateway/domain/rang.h"

#include <algorithm>

#include "services/gateway/domain/parts.h"

namespace pdv::gateway {

Rang Classer(std::vector<VoteFinanceur> votes) {
  std::erase_if(votes, [](const VoteFinanceur& vote) { return vote.vote_centimes <= 0; });
  std::sort(votes.begin(), votes.end(), [](const VoteFinanceur& a, const VoteFinanceur& b) {
    if (a.vote_centimes != b.vote_centimes) return a.vote_centimes > b.vote_centimes;
    if (a.etat != b.etat) return a.etat;
    return a.financeur < b.financeur;
  });
  Rang rang;
  rang.nb_financeurs = static_cast<int32_t>(votes.size());
  for (const VoteFinanceur& vote : votes) rang.vote_centimes += vote.vote_centimes;
  if (votes.empty()) return rang;
  rang.premier = votes[0].financeur;
  rang.ecart_centimes = votes[0].vote_centimes;
  if (votes.size() > 1) {
    rang.second = votes[1].financeur;
    rang.ecart_centimes -= votes[1].vote_centimes;
  }
  rang.ecart_points = PointsDe(rang.ecart_centimes, rang.vote_centimes);
  rang.alerte_etat_non_premier = !votes[0].etat;
  return rang;
}

}  // namespace pdv::gateway
