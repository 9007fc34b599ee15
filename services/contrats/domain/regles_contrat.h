#ifndef PDV_SERVICES_CONTRATS_DOMAIN_REGLES_CONTRAT_H_
#define PDV_SERVICES_CONTRATS_DOMAIN_REGLES_CONTRAT_H_

#include "absl/status/status.h"
#include "pdv/contrats/v1/contrat.pb.h"

namespace pdv::contrats {

// The name carries the code: "contrats/cv110" has code CV110. Dates are in order, and so are those of
// each territory. INVALID_ARGUMENT with every violation.
absl::Status VerifierContrat(const v1::Contrat& contrat);

// What a signature needs: a beginning, an end, a holder, a signatory (loi n° 2014-173, art. 6: the
// contrat is signed by the State and the local authorities). FAILED_PRECONDITION / CONTRAT_INCOMPLET
// that lists all that lacks.
absl::Status VerifierSignable(const v1::Contrat& contrat);

// True when the update changes what was signed. The register's own data (population, label) is not
// part of it.
bool ChangeLeSigne(const v1::Contrat& before, const v1::Contrat& after);

}  // namespace pdv::contrats

#endif  // PDV_SERVICES_CONTRATS_DOMAIN_REGLES_CONTRAT_H_
