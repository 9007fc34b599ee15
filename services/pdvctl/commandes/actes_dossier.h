#ifndef PDV_SERVICES_PDVCTL_COMMANDES_ACTES_DOSSIER_H_
#define PDV_SERVICES_PDVCTL_COMMANDES_ACTES_DOSSIER_H_

#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "pdv/actions/v1/avis.pb.h"
#include "services/pdvctl/commandes/passerelle.h"

namespace pdv::pdvctl {

// What the verbs of a dossier ask beyond its name: a complement, an opinion, marks, an interest, an
// exercice.

std::vector<OptionDeclaree> OptionsActes();

// Fills the request of a verb from the command line. INVALID_ARGUMENT says which option lacks.
absl::Status CompleterActe(Passerelle& passerelle, const Arguments& arguments,
                           google::protobuf::Message* requete);

// "mixite=8,ancrage=5" (or "mixite:8 ancrage:5") -> the marks. INVALID_ARGUMENT, in French.
absl::StatusOr<std::vector<actions::v1::Note>> LireNotes(std::string_view texte);

// Says what became of the dossier, or what was added to it.
void DireActe(const google::protobuf::Message& ressource, const Arguments& arguments,
              Contexte& contexte);

}  // namespace pdv::pdvctl

#endif  // PDV_SERVICES_PDVCTL_COMMANDES_ACTES_DOSSIER_H_
