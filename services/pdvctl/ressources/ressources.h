#ifndef PDV_SERVICES_PDVCTL_RESSOURCES_RESSOURCES_H_
#define PDV_SERVICES_PDVCTL_RESSOURCES_RESSOURCES_H_

#include <string>
#include <string_view>
#include <vector>

#include "google/protobuf/descriptor.h"

namespace pdv::pdvctl {

// A resource of the API, as the protos declare it.
struct RessourceConnue {
  const google::protobuf::Descriptor* message = nullptr;
  std::string service;  // short name of its owner: "contrats"
  std::string motif;    // of its names: "contrats/*/avenants/*"
  // Method that reads one by name, null where there is none.
  const google::protobuf::MethodDescriptor* lire = nullptr;
};

// The four services that own resources, in the order in which the suite names them.
const std::vector<std::string>& ServicesConnus();
// "contrats" -> the descriptor of pdv.contrats.v1.ContratsService. Null: no such service.
const google::protobuf::ServiceDescriptor* ServiceDe(std::string_view service);

// Every resource of the four services. Built once from the descriptors that are linked in: a new
// resource needs no line here. Thread-safe.
const std::vector<RessourceConnue>& RessourcesConnues();

// The resource whose pattern `nom` follows ("contrats/cv110"), null for none.
const RessourceConnue* RessourceNommee(std::string_view nom);
// The resource that a person calls so: "Ligne", "ligne", "lignes" or "pdv.financement.v1.Ligne".
const RessourceConnue* RessourceDeType(std::string_view type);

// True where each `*` of the pattern stands for one segment of the name that is not empty.
bool SuitMotif(std::string_view nom, std::string_view motif);

}  // namespace pdv::pdvctl

#endif  // PDV_SERVICES_PDVCTL_RESSOURCES_RESSOURCES_H_
