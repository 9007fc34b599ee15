#ifndef PDV_SERVICES_ACTIONS_DOMAIN_REGLES_PREDICATS_H_
#define PDV_SERVICES_ACTIONS_DOMAIN_REGLES_PREDICATS_H_

#include "services/actions/domain/regles/regle.h"

namespace pdv::actions::regles {

// What the rules of the table look at, one function each; the table says the law.

// Posts and engineering are not for a public of their own.
bool SertUnPublic(const v1::Action& action);

// Of the porteur.
Manques Engagement(const Faits& faits);
Manques Forme(const Faits& faits);
Manques Siret(const Faits& faits);

// Of the contrat and the calendar.
Manques Contrat(const Faits& faits);
Manques Thematique(const Faits& faits);
Manques ThematiqueDuContrat(const Faits& faits);
Manques Dates(const Faits& faits);
Manques DatesDuContrat(const Faits& faits);
Manques DatesDeLExercice(const Faits& faits);
Manques DeuxExercicesAuPlus(const Faits& faits);

// Of the public.
Manques Publics(const Faits& faits);
Manques Quartiers(const Faits& faits);
Manques QuartiersEnVigueur(const Faits& faits);
Manques QuartiersDuContrat(const Faits& faits);
Manques MoitieDesQuartiers(const Faits& faits);
Manques HorsNpnru(const Faits& faits);

// Of the budget.
Manques BudgetPresent(const Faits& faits);
Manques BudgetEquilibre(const Faits& faits);

// Of the appel à projets, where the action names one.
Manques SansAppel(const Faits& faits);
Manques AppelOuvert(const Faits& faits);
Manques PasAvantLOuverture(const Faits& faits);
Manques PasApresLaCloture(const Faits& faits);
Manques DansLAppel(const Faits& faits);
Manques Reponses(const Faits& faits);
Manques Pieces(const Faits& faits);
Manques PiecesConformes(const Faits& faits);
Manques PartQpvDeLAppel(const Faits& faits);

// The public of the quartiers, in basis points of the whole; nullopt where no public is told.
std::optional<int64_t> PartQpv(const v1::Action& action);
int64_t Effectif(const v1::Action& action);
// Where a share of the quartiers is too low: the line of the public that lacks the most people to
// reach it.
std::string ChampPartQpv(const v1::Action& action, int64_t points);

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
