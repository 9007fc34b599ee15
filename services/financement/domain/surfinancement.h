#ifndef PDV_SERVICES_FINANCEMENT_DOMAIN_SURFINANCEMENT_H_
#define PDV_SERVICES_FINANCEMENT_DOMAIN_SURFINANCEMENT_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "pdv/financement/v1/financeur.pb.h"
#include "pdv/financement/v1/ligne.pb.h"
#include "pdv/financement/v1/subvention.pb.h"
#include "pdv/financement/v1/surfinancement.pb.h"

namespace pdv::financement {

// A line, and what is known of its funder.
struct LigneDetectee {
  v1::Ligne ligne;
  std::string financeur;  // in words
  std::string siren;      // empty: unknown, its published attributions are not recognised
  bool publique = false;  // a public authority, or a body that pays for one (CAF, Europe)
};

// An action of the porteur.
struct ActionDetectee {
  std::string name;
  std::string intitule;
  int32_t exercice = 0;
  std::optional<int64_t> cout_centimes;  // charges of its budget, without what is in kind
  std::vector<LigneDetectee> lignes;
};

// Whether the aid of a funder of this category is public.
bool AidePublique(v1::CategorieFinanceur categorie);

// What looks paid too much, or twice, among the actions of one porteur and what authorities publish
// that they granted it; `exercice` 0: whatever the year. The most serious first, then the largest.
//
// AIDE_SUPERIEURE_AU_COUT: the public aid of an action exceeds its cost; an aid covers costs.
// AIDE_SUPERIEURE_AU_COUT_COMMUN: actions of one object and year are paid together more than the
// dearest of them costs.
// FINANCEMENT_EN_DOUBLE: one funder, one year, one object, twice: two lines, or two attributions.
// MONTANT_DISCORDANT: an attribution is that of a line, with another amount.
// AIDE_NON_DECLAREE: an attribution is of an action, and its authority has no line there.
//
// An attribution is of an action when the year and the object are (see MemeObjet), and that of a
// line when the funder is too. It counts for the part of this beneficiary, less what its authority
// takes back in the year for the same object; one in kind is left aside, for costs and lines are in
// euros, and one partly in kind is never enough for an ALERTE. What was paid back or refused pays
// nothing. Pure.
std::vector<v1::ConstatSurfinancement> Detecter(const std::vector<ActionDetectee>& actions,
                                                const std::vector<v1::Subvention>& publiees,
                                                int32_t exercice);

}  // namespace pdv::financement

#endif  // PDV_SERVICES_FINANCEMENT_DOMAIN_SURFINANCEMENT_H_
