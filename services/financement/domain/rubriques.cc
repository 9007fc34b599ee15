#include "services/financement/domain/rubriques.h"

#include "services/financement/domain/plan_comptable.h"

namespace pdv::financement {

std::map<std::string, Rubrique, std::less<>> Rubriques(const v1::PlanComptable& plan,
                                                       const v1::Budget& budget) {
  std::map<std::string, int64_t> annonces;
  for (const v1::LigneBudget& ligne : budget.lignes())
    annonces[ligne.compte()] += ligne.montant_centimes();
  std::map<std::string, Rubrique, std::less<>> rubriques;
  for (const v1::LigneBudget& ligne : budget.lignes()) {
    const v1::CompteBudget* compte = Compte(plan, ligne.compte());
    if (compte == nullptr || compte->parent().empty()) continue;
    const auto annonce = annonces.find(compte->parent());
    if (annonce == annonces.end()) continue;
    Rubrique& rubrique = rubriques[compte->parent()];
    rubrique.annonce_centimes = annonce->second;
    rubrique.lignes_centimes += ligne.montant_centimes();
  }
  return rubriques;
}

}  // namespace pdv::financement
