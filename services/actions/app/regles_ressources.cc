#include "services/actions/app/regles_ressources.h"

#include "absl/strings/match.h"
#include "common/status/error.h"
#include "services/actions/domain/regles.h"
#include "services/actions/store/miroirs.h"

namespace pdv::actions {
namespace {

bool FromImport(const store::Changes& changes) {
  return changes.call().method != nullptr &&
         absl::StartsWith(changes.call().method->name(), "Importer");
}

// Where it takes place, when the contrat alone tells it: a contrat of two départements does not.
void FillPlace(v1::Action& action, const store::Changes& changes) {
  const auto* contrat = static_cast<const contrats::v1::Contrat*>(
      changes.FindRow(MiroirContrat(), action.contrat()));
  if (contrat == nullptr) return;
  if (action.departement().empty() && contrat->departements_size() == 1)
    action.set_departement(contrat->departements(0));
  if (action.region().empty() && contrat->regions_size() == 1)
    action.set_region(contrat->regions(0));
}

}  // namespace

absl::Status ReglesPorteur(const v1::Porteur*, v1::Porteur& after, store::Changes&) {
  return VerifierPorteur(after);
}

absl::Status ReglesAction(const v1::Action* before, v1::Action& after, store::Changes& changes) {
  absl::Status valid = VerifierAction(after);
  if (!valid.ok()) return valid;
  const v1::EtatAction imported = after.etat_importe();
  after.clear_etat_importe();
  FillPlace(after, changes);
  if (FromImport(changes)) {
    if (imported != v1::ETAT_ACTION_UNSPECIFIED) {
      after.set_etat(imported);
    } else if (before == nullptr) {
      after.set_etat(v1::ETAT_ACTION_BROUILLON);
    }
    return absl::OkStatus();
  }
  if (imported != v1::ETAT_ACTION_UNSPECIFIED)
    return status::InvalidRequest({{"action.etat_importe", "ETAT_RESERVE_IMPORT",
                                    "L'état d'une action ne se donne qu'à l'import."}});
  if (before == nullptr) {
    after.set_etat(v1::ETAT_ACTION_BROUILLON);
    return absl::OkStatus();
  }
  if (before->etat() == v1::ETAT_ACTION_BROUILLON) return absl::OkStatus();
  return status::Error(absl::StatusCode::kFailedPrecondition, "ACTION_DEPOSEE",
                       "Cette action est déposée : elle ne se modifie ni ne s'efface plus.")
      .With("name", before->name());
}

}  // namespace pdv::actions
