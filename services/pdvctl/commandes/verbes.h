#ifndef PDV_SERVICES_PDVCTL_COMMANDES_VERBES_H_
#define PDV_SERVICES_PDVCTL_COMMANDES_VERBES_H_

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "google/protobuf/message.h"
#include "services/pdvctl/commandes/passerelle.h"

namespace pdv::pdvctl {

// A verb of the API that moves one resource: `pdvctl dossier attester NOM`.
struct Verbe {
  std::string mot;      // "attester"
  std::string methode;  // "pdv.actions.v1.ActionsService/AttesterAction"
  std::string aide;     // what it does, in French
};

// "2023-cv110-0042" or "actions/2023-cv110-0042" -> the latter. Names are in lower case: "CV110" is
// cv110.
std::string NomComplet(std::string_view collection, std::string_view nom);

// A message made from a JSON text (proto JSON). INVALID_ARGUMENT says in French what is wrong.
absl::Status LireJson(const std::string& texte, google::protobuf::Message* message);
// The same from a file, or from standard input where it is "-".
absl::Status LireFichierJson(const std::string& chemin, google::protobuf::Message* message);
// Indented proto JSON with the original field names, ended by '\n'.
std::string EcrireJson(const google::protobuf::Message& message);

// Calls the verb: name, motif, request_id (made when none is given) and, with --simulation,
// validate_only. `completer` may set more fields of the request. Answers the resource.
absl::StatusOr<std::unique_ptr<google::protobuf::Message>> Appliquer(
    Passerelle& passerelle, const Verbe& verbe, const std::string& nom, const Arguments& arguments,
    const std::function<absl::Status(google::protobuf::Message*)>& completer = nullptr);

// What Appliquer reads of the command line: --motif, --request-id, --simulation, the identity.
std::vector<OptionDeclaree> OptionsVerbe();

// A request id of its own, for a mutation without one.
std::string NouvelIdentifiantDeRequete();
// One made of what is sent: the same content again is the same request.
std::string IdentifiantDuContenu(std::string_view prefixe, std::string_view octets);

// "EN_ATTENTE_ATTESTATION" of an enum of states -> "en attente d'attestation".
std::string LibelleEtat(const google::protobuf::Message& ressource);

// Says what became of a resource: "actions/… : déposé", or the resource in JSON.
void DireRessource(const google::protobuf::Message& ressource, const Arguments& arguments,
                   Contexte& contexte);

}  // namespace pdv::pdvctl

#endif  // PDV_SERVICES_PDVCTL_COMMANDES_VERBES_H_
