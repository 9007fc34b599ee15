#ifndef PDV_SERVICES_PDVCTL_RESSOURCES_LIBELLES_H_
#define PDV_SERVICES_PDVCTL_RESSOURCES_LIBELLES_H_

#include <string>
#include <string_view>

#include "google/protobuf/descriptor.h"

namespace pdv::pdvctl {

// What people call the words of the protos, which have no accents. Pure, thread-safe.

// "raison_sociale" -> "Raison sociale"; "vote_specifiques_centimes" -> "Voté, crédits spécifiques".
std::string LibelleChamp(std::string_view champ);
// "FORME_PORTEUR_ETABLISSEMENT_PUBLIC" -> "établissement public"; "" for the value that says
// nothing.
std::string LibelleValeur(const google::protobuf::EnumValueDescriptor& valeur);

}  // namespace pdv::pdvctl

#endif  // PDV_SERVICES_PDVCTL_RESSOURCES_LIBELLES_H_
