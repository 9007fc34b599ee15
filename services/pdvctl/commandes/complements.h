#ifndef PDV_SERVICES_PDVCTL_COMMANDES_COMPLEMENTS_H_
#define PDV_SERVICES_PDVCTL_COMMANDES_COMPLEMENTS_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "pdv/actions/v1/complement.pb.h"
#include "services/pdvctl/commandes/passerelle.h"

namespace pdv::pdvctl {

// What an instructeur asks of a porteur, and the answers. People name a complement by its number,
// which is the end of its name: "actions/…/complements/2" is 2.

std::string NumeroDe(const actions::v1::Complement& complement);
// In the order of their numbers, where names would put 10 before 2.
std::vector<actions::v1::Complement> ParNumero(std::vector<actions::v1::Complement> complements);

// What was asked of the porteur and has no answer yet, by number.
absl::StatusOr<std::vector<actions::v1::Complement>> ComplementsOuverts(Passerelle& passerelle,
                                                                        const std::string& action);

// What is asked, each thing with its field: none is told, or one for each thing, in the same order
// ("-": of no field in particular). INVALID_ARGUMENT, in French. Pure.
absl::StatusOr<std::vector<actions::v1::DemandeComplement>> LireDemandes(
    const std::vector<std::string>& objets, const std::vector<std::string>& champs);

// "2=Deux animatrices" answers the complement 2; a text without number answers the only one there
// is. Everything that is open has its answer. INVALID_ARGUMENT, in French, tells the numbers that
// wait; FAILED_PRECONDITION where nothing does. Pure.
absl::StatusOr<std::vector<actions::v1::ReponseComplement>> LireReponses(
    const std::vector<actions::v1::Complement>& ouverts, const std::vector<std::string>& textes);

}  // namespace pdv::pdvctl

#endif  // PDV_SERVICES_PDVCTL_COMMANDES_COMPLEMENTS_H_
