#include "services/actions/domain/importation.h"

#include "common/status/error.h"
#include "common/validate/validator.h"
#include "services/actions/domain/attestation.h"

namespace pdv::actions {

std::string EmpreinteDuReleve(const v1::Action& releve) {
  v1::Action said = releve;
  validate::ClearOutputOnly(&said);
  return EmpreinteDe(said);
}

bool DejaImporte(const v1::Action* before, const std::string& empreinte) {
  return before != nullptr && before->empreinte_importee() == empreinte;
}

absl::Status Importer(const v1::Action* before, v1::Action* after) {
  const v1::EtatAction stated = after->etat_importe();
  if (before == nullptr) {
    after->set_etat(stated == v1::ETAT_ACTION_UNSPECIFIED ? v1::ETAT_ACTION_BROUILLON : stated);
    return absl::OkStatus();
  }
  const v1::EtatAction known = before->etat_importe();
  if (before->has_depot_time() ||
      (known == v1::ETAT_ACTION_UNSPECIFIED && before->etat() != v1::ETAT_ACTION_BROUILLON))
    return ActionDeposee(*before);
  if (stated == v1::ETAT_ACTION_UNSPECIFIED) {
    after->set_etat_importe(known);
  } else if (stated != known) {
    after->set_etat(stated);
  }
  return absl::OkStatus();
}

absl::Status ActionDeposee(const v1::Action& action) {
  return status::Error(absl::StatusCode::kFailedPrecondition, "ACTION_DEPOSEE",
                       "Cette action est déposée : elle ne s'efface ni ne s'importe plus.")
      .With("name", action.name());
}

}  // namespace pdv::actions
