#ifndef PDV_SERVICES_PDVCTL_IMPORTATION_TYPES_H_
#define PDV_SERVICES_PDVCTL_IMPORTATION_TYPES_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "services/pdvctl/importation/lot.h"

namespace pdv::pdvctl {

// Imports one file of a type and fills the report. An error is of the gateway; what is wrong in the
// file is in the report.
using Importateur = absl::Status (*)(Passerelle& passerelle, const std::string& chemin,
                                     bool simulation, RapportImport* rapport, Contexte& contexte);

struct TypeImport {
  const char* nom;  // "communes"
  const char* aide;
  Importateur importer;
};

// Every type, in the order in which a new suite needs them.
const std::vector<TypeImport>& TypesImport();

absl::Status ImporterRegions(Passerelle&, const std::string&, bool, RapportImport*, Contexte&);
absl::Status ImporterDepartements(Passerelle&, const std::string&, bool, RapportImport*, Contexte&);
absl::Status ImporterCommunes(Passerelle&, const std::string&, bool, RapportImport*, Contexte&);
absl::Status ImporterEpci(Passerelle&, const std::string&, bool, RapportImport*, Contexte&);
absl::Status ImporterQpv(Passerelle&, const std::string&, bool, RapportImport*, Contexte&);
absl::Status ImporterContours(Passerelle&, const std::string&, bool, RapportImport*, Contexte&);
absl::Status ImporterContrats(Passerelle&, const std::string&, bool, RapportImport*, Contexte&);
absl::Status ImporterNomenclature(Passerelle&, const std::string&, bool, RapportImport*, Contexte&);
absl::Status ImporterPostes(Passerelle&, const std::string&, bool, RapportImport*, Contexte&);
absl::Status ImporterProgrammation(Passerelle&, const std::string&, bool, RapportImport*, Contexte&);
absl::Status ImporterScdl(Passerelle&, const std::string&, bool, RapportImport*, Contexte&);
absl::Status ImporterIndicateurs(Passerelle&, const std::string&, bool, RapportImport*, Contexte&);

}  // namespace pdv::pdvctl

#endif  // PDV_SERVICES_PDVCTL_IMPORTATION_TYPES_H_
