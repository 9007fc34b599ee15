#ifndef PDV_SERVICES_CONTRATS_DOMAIN_ETATS_H_
#define PDV_SERVICES_CONTRATS_DOMAIN_ETATS_H_

#include "absl/status/statusor.h"
#include "common/types/date.h"
#include "pdv/contrats/v1/contrat.pb.h"

namespace pdv::contrats {

using v1::Contrat;
using v1::EtatContrat;

// The verbs that move a contrat from state to state.
enum class Verbe { kSigner, kMettreEnVigueur, kClore };

// PROJET -Signer-> SIGNE -MettreEnVigueur-> EN_VIGUEUR -Clore-> CLOS, and nothing else: a
// prorogation is an avenant, never a state. FAILED_PRECONDITION / TRANSITION_INTERDITE otherwise.
absl::StatusOr<EtatContrat> Transition(EtatContrat from, Verbe verb);

// State of a contrat that a register gives: it was signed, and its dates tell the rest. SIGNE
// before its first day or without one, CLOS after its last day (those of 2015-2023: after
// 2023-12-31, loi n° 2021-1900 du 30 décembre 2021, art. 68), EN_VIGUEUR between.
EtatContrat EtatSelonDates(const Contrat& contrat, types::Date today);

// A verb of the calendar comes in time: a contrat enters into force on its first day at the
// earliest, and closes after its last. FAILED_PRECONDITION / DATES_INCOHERENTES.
absl::Status VerifierCalendrier(const Contrat& contrat, Verbe verb, types::Date today);

// True from the signature on: the contrat changes by avenant only (loi n° 2014-173, art. 6: it
// binds those who signed it).
bool EstSigne(EtatContrat etat);

}  // namespace pdv::contrats

#endif  // PDV_SERVICES_CONTRATS_DOMAIN_ETATS_H_
