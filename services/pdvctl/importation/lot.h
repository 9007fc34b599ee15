#ifndef PDV_SERVICES_PDVCTL_IMPORTATION_LOT_H_
#define PDV_SERVICES_PDVCTL_IMPORTATION_LOT_H_

#include <cstdint>
#include <map>
#include <memory>
#include <set>
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

// Whether a row may speak of one above it. kLibre: none does, and two streams are under way at
// once, so that the service never waits for the next rows.
enum class Ordre { kSuivi, kLibre };

// What became of a stream of resources.
struct Envoye {
  commun::type::v1::RapportImport rapport;
  std::map<int64_t, commun::type::v1::Constat> rejets;  // by rank in the stream
  // Taken by a simulation though they cite what this same run would have made: what else they cite
  // was not looked at.
  std::set<int64_t> supposes;
};

// The name that a resource gives in a field, "" where it is no plain text.
std::string ValeurDuChamp(const google::protobuf::Message& ressource, const std::string& champ);

// Each step of a simulation is rolled back, so that the next one does not find what it made. What
// is refused for citing one of these names is taken after all.
void Supposer(const std::vector<std::shared_ptr<google::protobuf::Message>>& tous,
              const std::set<std::string>& du_passage, Envoye* envoye);
// The names of the resources that were taken, added to `noms`.
void Retenir(const std::vector<std::shared_ptr<google::protobuf::Message>>& tous,
             const Envoye& envoye, std::set<std::string>* noms);

// Streams the resources through an Importer method of `service` ("contrats", "ImporterCommunes"),
// 500 a message, with a progress bar. The method's request is found by its descriptor.
absl::StatusOr<Envoye> Envoyer(Passerelle& passerelle, const std::string& service,
                               const std::string& methode,
                               const std::vector<std::shared_ptr<google::protobuf::Message>>& tous,
                               bool simulation, Contexte& contexte, Ordre ordre = Ordre::kSuivi);

// A refusal of the suite, as the report tells it: an unknown reference by its own name.
Constat Refus(int64_t ligne, const commun::type::v1::Constat& constat,
              const google::protobuf::Message& ressource);

// Streams the rows' resources and gives each row its outcome in the report. `rejets_amont` (by
// index of row) are refusals of something that the row needed and that was sent before it;
// `du_passage`, what a simulation supposes made by the steps before (Supposer).
absl::Status EnvoyerRangees(Passerelle& passerelle, const std::string& service,
                            const std::string& methode, const std::vector<Rangee>& rangees,
                            bool simulation, RapportImport* rapport, Contexte& contexte,
                            const std::map<size_t, Constat>& rejets_amont = {},
                            Ordre ordre = Ordre::kSuivi,
                            const std::set<std::string>& du_passage = {});

}  // namespace pdv::pdvctl

#endif  // PDV_SERVICES_PDVCTL_IMPORTATION_LOT_H_
