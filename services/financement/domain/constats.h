#ifndef PDV_SERVICES_FINANCEMENT_DOMAIN_CONSTATS_H_
#define PDV_SERVICES_FINANCEMENT_DOMAIN_CONSTATS_H_

#include <string>
#include <vector>

#include "pdv/financement/v1/echeance.pb.h"
#include "pdv/financement/v1/ligne.pb.h"

namespace pdv::financement {

// A line, and the budget programme of its envelope ("147"; empty: none).
struct LigneEvaluee {
  v1::Ligne ligne;
  std::string programme;
};

// What deserves a second look in the lines of one action. P147_FINANCEUR_UNIQUE: programme 147 pays
// (an envelope of its own, or crédits spécifiques of the State) and no other funder is or may still
// be there; a practice of its managers, not law, hence a warning.
std::vector<v1::ConstatFinancement> Evaluer(const std::vector<LigneEvaluee>& lignes);

}  // namespace pdv::financement

#endif  // PDV_SERVICES_FINANCEMENT_DOMAIN_CONSTATS_H_
