#ifndef PDV_SERVICES_PDVCTL_COMMANDES_JSON_PROTO_H_
#define PDV_SERVICES_PDVCTL_COMMANDES_JSON_PROTO_H_

#include <string>

#include "absl/status/status.h"
#include "google/protobuf/message.h"

namespace pdv::pdvctl {

// A message made from a JSON text (proto JSON; comments may stay). INVALID_ARGUMENT says in French
// what is wrong, and where.
absl::Status LireJson(const std::string& texte, google::protobuf::Message* message);
// The same from a file, or from standard input where it is "-".
absl::Status LireFichierJson(const std::string& chemin, google::protobuf::Message* message);
// Indented proto JSON with the original field names, ended by '\n'.
std::string EcrireJson(const google::protobuf::Message& message);

// Why a text is no JSON at all, with its line; "" where it is some.
std::string PourquoiPasDuJson(const std::string& texte);

}  // namespace pdv::pdvctl

#endif  // PDV_SERVICES_PDVCTL_COMMANDES_JSON_PROTO_H_
