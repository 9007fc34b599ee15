#ifndef PDV_SERVICES_ACTIONS_DOMAIN_REGLES_PREDICATS_H_
#define PDV_SERVICES_ACTIONS_DOMAIN_REGLES_PREDICATS_H_

#include "services/actions/domain/regles/regle.h"

namespace pdv::actions::regles {

// What the rules of the table look at, one function each; the table says the law.

// Of the porteur.
Manque Engagement(const Faits& faits);
Manque Forme(const Faits& faits);
Manque Siret(const Faits& faits);

// Of the contrat and the calendar.
Manque Contrat(const Faits& faits);
Manque Thematique(const Faits& faits);
Manque ThematiqueDuContrat(const Faits& faits);
Manque Dates(const Faits& faits);
Manque DatesDuContrat(const Faits& faits);
Manque DatesDeLExercice(const Faits& faits);
Manque DeuxExercicesAuPlus(const Faits& faits);

// Of the public.
Manque Publics(const Faits& faits);
Manque Quartiers(const Faits& faits);
Manque MoitieDesQuartiers(const Faits& faits);
Manque HorsNpnru(const Faits& faits);

// Of the budget.
Manque BudgetPresent(const Faits& faits);
Manque BudgetEquilibre(const Faits& faits);

// Of the appel à projets, where the action names one.
Manque AppelOuvert(const Faits& faits);
Manque PasAvantLOuverture(const Faits& faits);
Manque PasApresLaCloture(const Faits& faits);
Manque DansLAppel(const Faits& faits);
Manque Reponses(const Faits& faits);
Manque Pieces(const Faits& faits);
Manque PartQpvDeLAppel(const Faits& faits);

// The public of the quartiers, in basis points of the whole; nullopt where no public is told.
std::optional<int64_t> PartQpv(const v1::Action& action);
int64_t Effectif(const v1::Action& action);

// Basis points as people read them: "75 %", "62,50 %".
std::string Pourcent(int64_t points);

// True when the thématique is of the nomenclature, or one of the correspondances maps it to a
// thématique that is. A contrat without nomenclature admits all: those of 2024-2030 have
// orientations of their own.
bool ThematiqueAdmise(std::string_view thematique, std::string_view nomenclature,
                      const std::vector<const contrats::v1::Correspondance*>& correspondances);

// Last day of the deposits: the closing day, or the one of the last time that it was opened again.
types::Date DernierJour(const v1::AppelAProjets& appel);

}  // namespace pdv::actions::regles

#endif  // PDV_SERVICES_ACTIONS_DOMAIN_REGLES_PREDICATS_H_
