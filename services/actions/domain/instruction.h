#ifndef PDV_SERVICES_ACTIONS_DOMAIN_INSTRUCTION_H_
#define PDV_SERVICES_ACTIONS_DOMAIN_INSTRUCTION_H_

#include <string_view>

#include "absl/status/status.h"
#include "pdv/actions/v1/action.pb.h"
#include "pdv/actions/v1/appel.pb.h"
#include "pdv/actions/v1/avis.pb.h"

namespace pdv::actions {

// Opinions and marks are given while a dossier is judged: from its (first) deposit to the decision,
// also while it waits for a new attestation.
// FAILED_PRECONDITION / HORS_INSTRUCTION otherwise.
absl::Status VerifierEnInstruction(const v1::Action& action);

// The role that a quality takes: "conseil_citoyen". Empty for UNSPECIFIED.
std::string_view RoleDe(v1::QualiteAvis qualite);

// An opinion that is not favourable says why: INVALID_ARGUMENT / AVIS_SANS_TEXTE. Tells whether it
// is advisory: conseils citoyens are heard, they do not decide (loi n° 2014-173 du 21 février 2014,
// art. 7).
absl::Status VerifierAvis(v1::Avis* avis);

// A mark for each criterion that is scored, within its bounds, and nothing else; computes the
// total. INVALID_ARGUMENT with every violation (NOTES_INCOHERENTES). `appel` is null where the
// action names none: there is nothing to score.
absl::Status VerifierCotation(const v1::AppelAProjets* appel, v1::Cotation* cotation);

}  // namespace pdv::actions

#endif  // PDV_SERVICES_ACTIONS_DOMAIN_INSTRUCTION_H_
