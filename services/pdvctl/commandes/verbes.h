#ifndef PDV_SERVICES_PDVCTL_COMMANDES_VERBES_H_
#define PDV_SERVICES_PDVCTL_COMMANDES_VERBES_H_

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "google/protobuf/message.h"
#include "services/pdvctl/affichage/definitions.h"
#include "services/pdvctl/commandes/etats.h"
#include "services/pdvctl/commandes/json_proto.h"
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

// The words of a table of verbs, and what each does, for the usage text.
template <class Table, class Vue>
ArgumentDeclare ArgumentVerbe(std::vector<Definition> autres, const Table& table, Vue vue) {
  ArgumentDeclare argument{"VERBE", "ce qu'on en fait", true, false, {}, {}};
  for (const auto& one : table) autres.push_back({vue(one).mot, vue(one).aide});
  for (Definition& one : autres) {
    argument.choix.push_back(std::move(one.mot));
    argument.aides.push_back(std::move(one.sens));
  }
  return argument;
}

// Calls the verb: name (or parent), motif, request_id (made when none is given) and, with
// --simulation, validate_only. `completer` may set more fields of the request. Answers the
// resource.
absl::StatusOr<std::unique_ptr<google::protobuf::Message>> Appliquer(
    Passerelle& passerelle, const Verbe& verbe, const std::string& nom, const Arguments& arguments,
    const std::function<absl::Status(google::protobuf::Message*)>& completer = nullptr);

// What Appliquer reads of the command line: --motif, --request-id, --simulation, the identity.
std::vector<OptionDeclaree> OptionsVerbe();

// A request id of its own, for a mutation without one.
std::string NouvelIdentifiantDeRequete();
// One made of what is sent: the same content again is the same request.
std::string IdentifiantDuContenu(std::string_view prefixe, std::string_view octets);

// Says what became of a resource: "actions/… : déposé", or the resource in JSON.
void DireRessource(const google::protobuf::Message& ressource, const Arguments& arguments,
                   Contexte& contexte);

}  // namespace pdv::pdvctl

#endif  // PDV_SERVICES_PDVCTL_COMMANDES_VERBES_H_
