#ifndef PDV_SERVICES_PDVCTL_COMMANDES_ETATS_H_
#define PDV_SERVICES_PDVCTL_COMMANDES_ETATS_H_

#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "google/protobuf/message.h"

namespace pdv::pdvctl {

// "EN_ATTENTE_ATTESTATION" of an enum of states -> "en attente d'attestation".
std::string LibelleEtat(const google::protobuf::Message& ressource);

// The state that a person means: "sans réponse", "votée" or "VOTEE" -> "VOTEE", as filters take it.
// INVALID_ARGUMENT lists the states.
absl::StatusOr<std::string> LireEtat(const google::protobuf::EnumDescriptor& etats,
                                     std::string_view texte);

}  // namespace pdv::pdvctl

#endif  // PDV_SERVICES_PDVCTL_COMMANDES_ETATS_H_
