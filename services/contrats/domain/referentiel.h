#ifndef PDV_SERVICES_CONTRATS_DOMAIN_REFERENTIEL_H_
#define PDV_SERVICES_CONTRATS_DOMAIN_REFERENTIEL_H_

#include <vector>

#include "pdv/contrats/v1/nomenclature.pb.h"

namespace pdv::contrats {

// The reference data that the suite brings along, parents before children:
// - "piliers-2015-2023": the founding document's pillars and thématiques, with its reference shares
//   (cohésion sociale près de 80 %, cadre de vie environ 2 % of an annual programmation);
// - "national-2020-2023" and "national-2024-2025": the national trees of programme 147, as the ANCT
//   publishes them;
// - what each node of the national trees is among the pillars, and what each of 2020-2023 became in
//   2024-2025;
// - the dispositifs that the founding document and the national data name.
std::vector<v1::Nomenclature> Nomenclatures();
std::vector<v1::Thematique> Thematiques();
std::vector<v1::Correspondance> Correspondances();
std::vector<v1::Dispositif> Dispositifs();

}  // namespace pdv::contrats

#endif  // PDV_SERVICES_CONTRATS_DOMAIN_REFERENTIEL_H_
