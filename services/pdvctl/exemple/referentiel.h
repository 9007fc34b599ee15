#ifndef PDV_SERVICES_PDVCTL_EXEMPLE_REFERENTIEL_H_
#define PDV_SERVICES_PDVCTL_EXEMPLE_REFERENTIEL_H_

#include <memory>
#include <string>
#include <vector>

#include "google/protobuf/message.h"

namespace pdv::pdvctl::exemple {

// One stream of reference data: what is sent to which Importer method, in order.
struct Etape {
  std::string service;  // "contrats"
  std::string methode;  // "ImporterContrats"
  std::vector<std::shared_ptr<google::protobuf::Message>> ressources;
};

// What exists before a campaign: the Hérault (34), its 7 contrats of 2015-2023 with their quartiers
// and their PRE, porteurs and funders. The same call gives the same.
std::vector<Etape> Referentiel();

}  // namespace pdv::pdvctl::exemple

#endif  // PDV_SERVICES_PDVCTL_EXEMPLE_REFERENTIEL_H_
