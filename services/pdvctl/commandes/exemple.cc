#include "services/pdvctl/commandes/exemple.h"

#include "absl/strings/str_cat.h"
#include "services/pdvctl/affichage/nombres.h"
#include "services/pdvctl/affichage/tableau.h"
#include "services/pdvctl/commandes/passerelle.h"
#include "services/pdvctl/exemple/generateur.h"
#include "services/pdvctl/importation/lot.h"

namespace pdv::pdvctl {

CommandeDeclaree DeclarationExemple() {
  return {"exemple",
          "Charge l'exemple : l'Hérault, ses 7 contrats, quatre exercices (données inventées).",
          {},
          {OptionPasserelle()},
          {}};
}

int ExecuterExemple(const Arguments& arguments, Contexte& contexte) {
  Passerelle passerelle(arguments);
  Tableau table({{"Service"}, {"Envoi"}, {"Lus", true}, {"Créés", true}, {"Modifiés", true},
                 {"Inchangés", true}, {"Rejetés", true}});
  int64_t rejected = 0;
  std::string first_refusal;
  for (const Etape& step : GenererExemple()) {
    auto sent = Envoyer(passerelle, step.service, step.methode, step.ressources,
                        /*simulation=*/false, contexte);
    if (!sent.ok()) return DireErreur(sent.status(), contexte);
    const auto& report = sent->rapport;
    rejected += report.rejetes();
    if (first_refusal.empty() && !sent->rejets.empty()) {
      const auto& refusal = sent->rejets.begin()->second;
      first_refusal = absl::StrCat(refusal.name(), " : ", refusal.message());
    }
    table.Ajouter({step.service, step.methode, EntierFr(report.lus()), EntierFr(report.crees()),
                   EntierFr(report.modifies()), EntierFr(report.inchanges()),
                   EntierFr(report.rejetes())});
  }
  contexte.sortie << table.Rendre(contexte.terminal_sortie);
  if (rejected == 0) return kReussite;
  contexte.erreurs << "pdvctl : " << CompterFr(rejected, "élément refusé", "éléments refusés")
                   << ", le premier : " << first_refusal << "\n";
  return kIncomplet;
}

}  // namespace pdv::pdvctl
