#ifndef PDV_SERVICES_PDVCTL_EXEMPLE_GENERATEUR_H_
#define PDV_SERVICES_PDVCTL_EXEMPLE_GENERATEUR_H_

#include <memory>
#include <string>
#include <vector>

#include "google/protobuf/message.h"
#include "pdv/actions/v1/actions.pb.h"
#include "pdv/financement/v1/financement.pb.h"

namespace pdv::pdvctl {

// One stream of the example: what is sent to which Importer method, in order.
struct Etape {
  std::string service;  // "contrats"
  std::string methode;  // "ImporterContrats"
  std::vector<std::shared_ptr<google::protobuf::Message>> ressources;
};

// The example: the Hérault (34) and its 7 contrats of 2015-2023 (CV108 to CV114), four exercices
// 2020-2023, some 600 actions a year and 6 funders an action. Everything but the names of places is
// invented, identifiers are valid, and the same call gives the same example, to the cent. It shows the
// statements of the founding document: cohésion sociale near 80 % and cadre de vie near 2 % of what is
// voted, 7 PRE, CLAS, ateliers sociolinguistiques, pilotage, and the État first on every contrat, not
// by the same gap.
std::vector<Etape> GenererExemple();

// A valid SIRET made from a rank (0 to 9 999 999): SIREN and establishment keys hold.
std::string SiretInvente(int64_t rang);

}  // namespace pdv::pdvctl

#endif  // PDV_SERVICES_PDVCTL_EXEMPLE_GENERATEUR_H_
