#ifndef PDV_SERVICES_PDVCTL_IMPORTATION_LOT_H_
#define PDV_SERVICES_PDVCTL_IMPORTATION_LOT_H_

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "pdv/commun/type/v1/importation.pb.h"
#include "services/pdvctl/commandes/passerelle.h"
#include "services/pdvctl/rapport/rapport.h"

namespace pdv::pdvctl {

// One row of a file on its way: the resource that it gives, or why it gives none, and what was
// mended in it. Several rows may feed one resource (a contrat on two territories): the later ones
// are `jointe`.
struct Rangee {
  int64_t ligne = 0;
  std::shared_ptr<google::protobuf::Message> ressource;  // null: refused, or joined to another row
  bool jointe = false;
  std::vector<Constat> avertissements;
  std::vector<Constat> rejets;
  int64_t centimes = 0;  // for the totals of the report
};

// What became of a stream of resources.
// Whether a row may speak of one above it. kLibre: none does, and two streams are under way at
// once, so that the service never waits for the next rows.
enum class Ordre { kSuivi, kLibre };

struct Envoye {
  commun::type::v1::RapportImport rapport;
  std::map<int64_t, commun::type::v1::Constat> rejets;  // by rank in the stream
};

// Streams the resources through an Importer method of `service` ("contrats", "ImporterCommunes"),
// 500 a message, with a progress bar. The method's request is found by its descriptor.
absl::StatusOr<Envoye> Envoyer(Passerelle& passerelle, const std::string& service,
                               const std::string& methode,
                               const std::vector<std::shared_ptr<google::protobuf::Message>>& tous,
                               bool simulation, Contexte& contexte, Ordre ordre = Ordre::kSuivi);

// Streams the rows' resources and gives each row its outcome in the report. `rejets_amont` (by
// index of row) are refusals of something that the row needed and that was sent before it.
absl::Status EnvoyerRangees(Passerelle& passerelle, const std::string& service,
                            const std::string& methode, const std::vector<Rangee>& rangees,
                            bool simulation, RapportImport* rapport, Contexte& contexte,
                            const std::map<size_t, Constat>& rejets_amont = {},
                            Ordre ordre = Ordre::kSuivi);

}  // namespace pdv::pdvctl

#endif  // PDV_SERVICES_PDVCTL_IMPORTATION_LOT_H_
