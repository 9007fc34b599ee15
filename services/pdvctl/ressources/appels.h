#ifndef PDV_SERVICES_PDVCTL_RESSOURCES_APPELS_H_
#define PDV_SERVICES_PDVCTL_RESSOURCES_APPELS_H_

#include <cstdint>

#include "pdv/actions/v1/appel.pb.h"

namespace pdv::pdvctl {

// The last day of the deposits: that of the last opening, where there was one. Pure.
const google::type::Date& DernierJour(const actions::v1::AppelAProjets& appel);
// Days until then, by the day that it is in Paris: 0 on the last one, negative once it is over.
int64_t JoursRestants(const actions::v1::AppelAProjets& appel);

}  // namespace pdv::pdvctl

#endif  // PDV_SERVICES_PDVCTL_RESSOURCES_APPELS_H_
