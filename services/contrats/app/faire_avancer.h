#ifndef PDV_SERVICES_CONTRATS_APP_FAIRE_AVANCER_H_
#define PDV_SERVICES_CONTRATS_APP_FAIRE_AVANCER_H_

#include <string>

#include "common/store/mutation.h"
#include "services/contrats/domain/etats.h"

namespace pdv::contrats {

// A verb of the calendar: it changes nothing of a contrat but its state, so no revision is kept.
store::Mutation FaireAvancer(const std::string& name, const std::string& etag, Verbe verb);

}  // namespace pdv::contrats

#endif  // PDV_SERVICES_CONTRATS_APP_FAIRE_AVANCER_H_
