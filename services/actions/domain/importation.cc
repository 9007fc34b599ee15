#include "services/actions/domain/importation.h"

#include "absl/strings/str_cat.h"
#include "common/status/error.h"
#include "common/validate/validator.h"
#include "services/actions/domain/attestation.h"
#include "services/actions/domain/etats.h"

namespace pdv::actions {
namespace {

absl::Status GereeIci(const v1::Action& action) {
  return status::Error(absl::StatusCode::kFailedPrecondition, "ACTION_DEPOSEE",
                       absl::StrCat("Cette action est gérée ici, où elle est ",
                                    std::string(EtatEnClair(action.etat())),
                                    " : un import ne la change plus."))
      .With("name", action.name())
      .With("etat", NomDeLEtat(action.etat()));
}

}  // namespace

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
    return GereeIci(*before);
  if (stated == v1::ETAT_ACTION_UNSPECIFIED) {
    after->set_etat_importe(known);
  } else if (stated != known) {
    after->set_etat(stated);
  }
  return absl::OkStatus();
}

}  // namespace pdv::actions
