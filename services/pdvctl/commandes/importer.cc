#include "services/pdvctl/commandes/importer.h"

#include <fstream>
#include <nlohmann/json.hpp>

#include "services/pdvctl/affichage/sortie.h"
#include "services/pdvctl/commandes/passerelle.h"
#include "services/pdvctl/importation/types.h"

namespace pdv::pdvctl {

CommandeDeclaree DeclarationImporter() {
  std::vector<std::string> types, aides;
  for (const TypeImport& type : TypesImport()) {
    types.push_back(type.nom);
    aides.push_back(type.aide);
  }
  return {"importer",
          "Charge des fichiers par la passerelle, et rend compte de chaque ligne.",
          {{"TYPE",
            "ce que les fichiers contiennent ; sur une suite vide, charger dans cet ordre",
            true,
            false,
            types,
            aides},
           {"FICHIER", "fichiers CSV ou JSON, compressés ou non", true, true, {}}},
          {{"simulation", GenreOption::kDrapeau, "", "vérifie tout et n'écrit rien", false, {}},
           {"rapport", GenreOption::kTexte, "FICHIER.json", "compte rendu pour une machine", false,
            {}},
           {"format", GenreOption::kChoix, "", "forme du compte rendu", false, {"table", "json"}},
           OptionPasserelle()},
          {}};
}

int ExecuterImporter(const Arguments& arguments, Contexte& contexte) {
  Passerelle passerelle(arguments);
  const std::string wanted = arguments.Valeur("TYPE");
  const bool simulation = arguments.Drapeau("simulation");
  RapportImport report(wanted, simulation);
  for (const TypeImport& type : TypesImport()) {
    if (wanted != type.nom) continue;
    for (const std::string& file : arguments.Valeurs("FICHIER")) {
      absl::Status status = type.importer(passerelle, file, simulation, &report, contexte);
      if (!status.ok()) return DireErreur(status, contexte);
    }
  }
  absl::Status sound = report.Verifier();
  if (!sound.ok()) return DireErreur(sound, contexte);
  if (const auto path = arguments.Texte("rapport")) {
    std::ofstream out(*path);
    out << TexteJson(report.EnJson());
    if (!out.flush()) {
      contexte.erreurs << "pdvctl : le compte rendu ne peut pas s'écrire dans " << *path << "\n";
      return kEchec;
    }
  }
  if (arguments.TexteOu("format", "table") == "json") {
    contexte.sortie << TexteJson(report.EnJson());
  } else {
    contexte.sortie << report.EnTexte(contexte.terminal_sortie);
  }
  return report.CodeSortie();
}

}  // namespace pdv::pdvctl
