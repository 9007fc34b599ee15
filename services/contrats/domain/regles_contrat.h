#ifndef PDV_SERVICES_CONTRATS_DOMAIN_REGLES_CONTRAT_H_
#define PDV_SERVICES_CONTRATS_DOMAIN_REGLES_CONTRAT_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "common/types/date.h"
#include "pdv/contrats/v1/contrat.pb.h"

namespace pdv::contrats {

// What a contrat never contradicts, whatever its state. INVALID_ARGUMENT with every violation:
// - the name carries the code: "contrats/cv110" has code CV110 (CODE_INCOHERENT);
// - it does not end before it begins (DATES_INCOHERENTES);
// - a holder or a member is an EPCI or a commune, a quartier is a QPV; each holds at least one day,
//   and plays the same part once at a time (TERRITOIRE_INCOHERENT);
// - the codes of its orientations, and of the objectives of each, are told apart; a commitment is
//   that of a signatory (CODE_INCOHERENT).
absl::Status VerifierContrat(const v1::Contrat& contrat);

// A project was not signed: SignerContrat gives the date, a person does not. INVALID_ARGUMENT.
absl::Status VerifierProjet(const v1::Contrat& contrat);

// What a signature needs: a beginning, an end, a holder on the first day, a signatory (loi n°
// 2014-173 du 21 février 2014, art. 6: the contrat is signed by the State and the communes and EPCI
// concerned). FAILED_PRECONDITION / CONTRAT_INCOMPLET that lists all that lacks.
absl::Status VerifierSignable(const v1::Contrat& contrat);

// A signature is dated today at the latest, and an avenant's not before that of its contrat
// (`premiere`, may be null). FAILED_PRECONDITION / DATES_INCOHERENTES.
absl::Status VerifierDateSignature(types::Date date, const types::Date* premiere,
                                   types::Date today);

// True when an update changes what was signed: everything but the population, a figure of INSEE.
bool ChangeLeSigne(const v1::Contrat& before, const v1::Contrat& after);

// Territories that `after` cites and `before` (may be null) did not, in order, each once.
std::vector<std::string> TerritoiresNouveaux(const v1::Contrat* before, const v1::Contrat& after);

}  // namespace pdv::contrats

#endif  // PDV_SERVICES_CONTRATS_DOMAIN_REGLES_CONTRAT_H_
