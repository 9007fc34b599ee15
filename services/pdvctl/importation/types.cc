#include "services/pdvctl/importation/types.h"

namespace pdv::pdvctl {

const std::vector<TypeImport>& TypesImport() {
  static const std::vector<TypeImport> kTypes = {
      {"regions", "régions du code officiel géographique", ImporterRegions},
      {"departements", "départements, et collectivités d'outre-mer", ImporterDepartements},
      {"communes", "communes, arrondissements, associées et déléguées", ImporterCommunes},
      {"epci", "EPCI, ou appartenance des communes", ImporterEpci},
      {"qpv", "quartiers prioritaires", ImporterQpv},
      {"contours", "contours des quartiers", ImporterContours},
      {"nomenclature", "thématiques nationales du programme 147", ImporterNomenclature},
      {"contrats", "contrats de ville des deux générations", ImporterContrats},
      {"postes", "postes adultes-relais et Fonjep", ImporterPostes},
      {"programmation", "programmation d'un contrat : une ligne par action et par financeur",
       ImporterProgrammation},
      {"scdl", "subventions publiées par les collectivités (SCDL 1.1.0 à 2.1.1, arrêté de 2017)",
       ImporterScdl},
      {"indicateurs", "revenus des communes, chômage des zones d'emploi", ImporterIndicateurs},
  };
  return kTypes;
}

}  // namespace pdv::pdvctl
