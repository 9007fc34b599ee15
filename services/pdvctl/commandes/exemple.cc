#include "services/pdvctl/commandes/exemple.h"

#include <nlohmann/json.hpp>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "services/pdvctl/affichage/nombres.h"
#include "services/pdvctl/affichage/sortie.h"
#include "services/pdvctl/affichage/tableau.h"
#include "services/pdvctl/commandes/passerelle.h"
#include "services/pdvctl/exemple/chargement.h"
#include "services/pdvctl/exemple/monde.h"

namespace pdv::pdvctl {

CommandeDeclaree DeclarationExemple() {
  return {"exemple",
          "Joue les campagnes de l'exemple : l'Hérault, ses 7 contrats, 2020 à 2023 (inventées).",
          {},
          {{"exercice",
            GenreOption::kExercices,
            "AAAA[-AAAA]",
            "ces exercices-là seulement (tous sinon)",
            false,
            {}},
           {"sans-dossier",
            GenreOption::kDrapeau,
            "",
            "le territoire, les porteurs et les financeurs seulement",
            false,
            {}},
           {"format", GenreOption::kChoix, "", "forme du bilan", false, {"table", "json"}},
           OptionPasserelle()},
          {{"exercice", "sans-dossier"}}};
}

int ExecuterExemple(const Arguments& arguments, Contexte& contexte) {
  const Exercices tous = {exemple::kPremier, exemple::kDernier};
  const Exercices voulus = arguments.LesExercices("exercice").value_or(tous);
  if (voulus.premier < tous.premier || voulus.dernier > tous.dernier) {
    contexte.erreurs << "pdvctl : l'exemple va de " << tous.premier << " à " << tous.dernier
                     << "\n";
    return kEchec;
  }
  const absl::Time debut = absl::Now();
  Passerelle passerelle(arguments);
  std::vector<exemple::Bilan> bilans;
  absl::Status charge =
      exemple::Charger(passerelle, contexte, voulus, arguments.Drapeau("sans-dossier"), &bilans);
  if (!charge.ok()) {
    if (!bilans.empty()) contexte.erreurs << bilans.back().etape << "\n";
    return DireErreur(charge, contexte);
  }
  if (contexte.json) {
    nlohmann::ordered_json document = nlohmann::ordered_json::array();
    for (const exemple::Bilan& one : bilans)
      document.push_back({{"etape", one.etape}, {"faits", one.faits}, {"deja", one.deja}});
    contexte.sortie << TexteJson(document);
    return kReussite;
  }
  Tableau table({{"Étape"}, {"Faits", true}, {"Déjà là", true}});
  for (const exemple::Bilan& one : bilans)
    table.Ajouter({one.etape, EntierFr(one.faits), EntierFr(one.deja)});
  contexte.sortie << table.Rendre(contexte.terminal_sortie) << "Exemple chargé en "
                  << DureeFr(absl::ToInt64Seconds(absl::Now() - debut)) << ".\n";
  return kReussite;
}

}  // namespace pdv::pdvctl
