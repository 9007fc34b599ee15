#ifndef PDV_SERVICES_PDVCTL_RESSOURCES_PRESENTATION_H_
#define PDV_SERVICES_PDVCTL_RESSOURCES_PRESENTATION_H_

#include <string>
#include <utility>
#include <vector>

#include "google/protobuf/message.h"
#include "services/pdvctl/affichage/terminal.h"

namespace pdv::pdvctl {

// A label and its value, one under the other, aligned; values are folded to the terminal. Those
// without a value are left out. Lines end with '\n'.
std::string RendreChamps(const std::vector<std::pair<std::string, std::string>>& champs,
                         const Terminal& terminal);

// One field as people read it: amounts in euros, shares in percent, days and instants of Paris,
// enums in French; "" where it is not set.
std::string ValeurLisible(const google::protobuf::Message& message,
                          const google::protobuf::FieldDescriptor& champ);

// What people call a resource: its title, label or legal name; its name where it has none.
std::string TitreDe(const google::protobuf::Message& ressource);

// A whole resource, laid out by reflection: its title and name, its fields, a table for each of its
// lists. Secrets must have been hidden. Lines end with '\n'.
std::string Presenter(const google::protobuf::Message& ressource, const Terminal& terminal);

// Hides what the protos mark as secret, also inside Any fields.
void MasquerSecrets(google::protobuf::Message* message);

}  // namespace pdv::pdvctl

#endif  // PDV_SERVICES_PDVCTL_RESSOURCES_PRESENTATION_H_
