#include "services/financement/domain/dossiers.h"

#include "common/status/error.h"

namespace pdv::financement {
namespace {

using actions::v1::EtatAction;

// Why euros cannot be decided for a dossier in that state, or null when they can.
const char* Empechement(EtatAction etat) {
  switch (etat) {
    case actions::v1::ETAT_ACTION_BROUILLON:
    case actions::v1::ETAT_ACTION_EN_ATTENTE_ATTESTATION:
      return "Ce dossier n'est pas déposé : rien ne se décide encore pour lui.";
    case actions::v1::ETAT_ACTION_A_COMPLETER:
      return "Ce dossier est à compléter : sa ligne se décide une fois qu'il est redéposé.";
    case actions::v1::ETAT_ACTION_IRRECEVABLE:
      return "Ce dossier a été déclaré irrecevable : rien ne lui est plus accordé.";
    case actions::v1::ETAT_ACTION_REFUSEE:
      return "Ce dossier a été refusé : rien ne lui est plus accordé.";
    case actions::v1::ETAT_ACTION_ABANDONNEE:
      return "Le porteur a abandonné ce dossier : rien ne lui est plus accordé.";
    case actions::v1::ETAT_ACTION_NON_REALISEE:
      return "L'action de ce dossier n'a pas été réalisée : rien ne lui est plus accordé.";
    case actions::v1::ETAT_ACTION_UNSPECIFIED:
      return "On ne sait pas où en est ce dossier : rien ne se décide pour lui.";
    default:
      return nullptr;
  }
}

}  // namespace

absl::Status VerifierDossier(Verbe verbe, const actions::v1::Action* action) {
  const bool accorde =
      verbe == Verbe::kProposer || verbe == Verbe::kVoter || verbe == Verbe::kEngager;
  const bool examine = verbe == Verbe::kPrendreEnCharge || verbe == Verbe::kDeclarerRecevable;
  if (!accorde && !examine) return absl::OkStatus();
  if (action == nullptr || action->has_delete_time())
    return status::Error(absl::StatusCode::kFailedPrecondition, "DOSSIER_NON_DEPOSE",
                         "Ce dossier n'existe plus : rien ne se décide pour lui.");
  const char* empechement = Empechement(action->etat());
  if (empechement == nullptr || (examine && action->etat() != actions::v1::ETAT_ACTION_BROUILLON))
    return absl::OkStatus();
  return status::Error(absl::StatusCode::kFailedPrecondition, "DOSSIER_NON_DEPOSE", empechement)
      .With("action", action->name());
}

absl::Status VerifierBudgetOuvert(const actions::v1::Action& action) {
  switch (action.etat()) {
    case actions::v1::ETAT_ACTION_BROUILLON:
    case actions::v1::ETAT_ACTION_EN_ATTENTE_ATTESTATION:
    case actions::v1::ETAT_ACTION_A_COMPLETER:
      return absl::OkStatus();
    default:
      return status::Error(absl::StatusCode::kFailedPrecondition, "BUDGET_FIGE",
                           "Le dossier est déposé : son budget ne change que s'il est à compléter.")
          .With("action", action.name());
  }
}

absl::Status VerifierDemandesOuvertes(const actions::v1::Action& action) {
  switch (action.etat()) {
    case actions::v1::ETAT_ACTION_DEPOSEE:
    case actions::v1::ETAT_ACTION_COMPLETE:
    case actions::v1::ETAT_ACTION_EN_INSTRUCTION:
    case actions::v1::ETAT_ACTION_AJOURNEE:
      return absl::OkStatus();
    default:
      break;
  }
  if (VerifierBudgetOuvert(action).ok()) return absl::OkStatus();
  return status::Error(absl::StatusCode::kFailedPrecondition, "BUDGET_FIGE",
                       "Le dossier est décidé : ce qu'il demande à ses financeurs est celui de son "
                       "budget, et ne change plus.")
      .With("action", action.name());
}

}  // namespace pdv::financement
