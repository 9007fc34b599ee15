#ifndef PDV_SERVICES_FINANCEMENT_DOMAIN_CONSTATS_SURFINANCEMENT_H_
#define PDV_SERVICES_FINANCEMENT_DOMAIN_CONSTATS_SURFINANCEMENT_H_

#include <vector>

#include "absl/numeric/int128.h"
#include "services/financement/domain/surfinancement.h"

namespace pdv::financement {

// The findings of domain/surfinancement, in words: what each says, with its amounts and its facts.

// A line and its action.
struct LigneDAction {
  const ActionDetectee* action;
  const LigneDetectee* ligne;
};
// What public aid pays for actions, in cents: what is certain (decided or published) and what may
// come.
struct Aide {
  absl::int128 certaine = 0, attendue = 0;
  std::vector<LigneDAction> lignes;
  std::vector<const v1::Subvention*> hors_plan;
};

// `net`: what `donnees`, of one authority, make together once what it takes back is off.
v1::ConstatSurfinancement AideNonDeclaree(const ActionDetectee& action, absl::int128 net,
                                          const std::vector<const v1::Subvention*>& donnees);
// `publie`: what `memes` make together.
v1::ConstatSurfinancement MontantDiscordant(const LigneDAction& ligne, absl::int128 publie,
                                            const std::vector<const v1::Subvention*>& memes);
// The aid is more than the cost of the action, which is known.
v1::ConstatSurfinancement AideSuperieureAuCout(const ActionDetectee& action, const Aide& aide);
// The aid of all of them is more than `cout`, that of the dearest; their costs are known.
v1::ConstatSurfinancement AideSuperieureAuCoutCommun(
    const std::vector<const ActionDetectee*>& actions, absl::int128 cout, const Aide& aide);
// Two or more: what is beside the largest is in question, less what is taken back.
v1::ConstatSurfinancement LignesEnDouble(const std::vector<LigneDAction>& lignes);
v1::ConstatSurfinancement PublieesEnDouble(const std::vector<const v1::Subvention*>& publiees);

}  // namespace pdv::financement

#endif  // PDV_SERVICES_FINANCEMENT_DOMAIN_CONSTATS_SURFINANCEMENT_H_
