#include "services/pdvctl/ressources/appels.h"

#include "services/pdvctl/affichage/dates.h"

namespace pdv::pdvctl {

const google::type::Date& DernierJour(const actions::v1::AppelAProjets& appel) {
  return appel.reouvertures().empty() ? appel.date_cloture()
                                      : appel.reouvertures().rbegin()->jusquau();
}

int64_t JoursRestants(const actions::v1::AppelAProjets& appel) {
  return JourCivil(DernierJour(appel)) - AujourdhuiAParis();
}

}  // namespace pdv::pdvctl
