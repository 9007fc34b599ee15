#ifndef PDV_SERVICES_FINANCEMENT_DOMAIN_SAISIE_H_
#define PDV_SERVICES_FINANCEMENT_DOMAIN_SAISIE_H_

#include "absl/status/status.h"
#include "pdv/financement/v1/ligne.pb.h"

namespace pdv::financement {

// The amount asked may still change: nothing is proposed yet.
bool MontantOuvert(v1::EtatLigne etat);

// The state of a line once its demand has changed: RETIREE when it goes to zero before any
// proposal, DEMANDEE when something is asked again; else the one that it has.
v1::EtatLigne EtatSelonDemande(const v1::Ligne& before, const v1::Ligne& after);

// What create and update may say of a line: what is asked, until a proposal. `before` is the line
// as it is kept; for a new one, an empty line that is DEMANDEE. Amounts that are decided come from
// verbs (MONTANT_PAR_VERBE), and so do the day of the vote and the engagement juridique; the source
// comes from an import (FAIT_PAR_VERBE); a demand that is proposed or decided stays
// (LIGNE_DECIDEE). FAILED_PRECONDITION with every violation at once; the reason is that of the
// first.
absl::Status VerifierSaisie(const v1::Ligne& before, const v1::Ligne& after);

}  // namespace pdv::financement

#endif  // PDV_SERVICES_FINANCEMENT_DOMAIN_SAISIE_H_
