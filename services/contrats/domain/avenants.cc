#include "services/contrats/domain/avenants.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "common/status/error.h"
#include "services/contrats/domain/dates.h"
#include "services/contrats/domain/etats.h"

namespace pdv::contrats {
namespace {

absl::Status Invalide(const std::string& why) {
  return status::Error(absl::StatusCode::kFailedPrecondition, "AVENANT_INVALIDE", why);
}

// The open territory of a quartier in the contrat, or nullptr.
v1::Territoire* QuartierOuvert(v1::Contrat& contrat, const std::string& qpv) {
  for (v1::Territoire& territoire : *contrat.mutable_territoires()) {
    if (territoire.territoire() == qpv && territoire.role() == v1::ROLE_TERRITOIRE_QUARTIER &&
        !territoire.has_valide_au())
      return &territoire;
  }
  return nullptr;
}

absl::Status VerifierQuartiers(const v1::Avenant& avenant, v1::Contrat contrat, bool present) {
  if (avenant.quartiers().empty()) return Invalide("Cet avenant ne cite aucun quartier.");
  for (const std::string& qpv : avenant.quartiers()) {
    const v1::Territoire* open = QuartierOuvert(contrat, qpv);
    if ((open != nullptr) == present) {
      if (open != nullptr && open->has_valide_du() &&
          DateDe(avenant.date_effet()) <= DateDe(open->valide_du()))
        return Invalide(absl::StrCat("Le quartier ", qpv, " ne peut pas sortir avant d'être entré."));
      continue;
    }
    return Invalide(absl::StrCat("Le quartier ", qpv,
                                 present ? " n'est pas dans le contrat." : " est déjà dans le contrat."));
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status VerifierAvenant(const v1::Avenant& avenant, const v1::Contrat& contrat) {
  if (!EstSigne(contrat.etat()))
    return Invalide("Un contrat en projet se modifie directement, sans avenant.");
  if (contrat.etat() == v1::ETAT_CONTRAT_CLOS) return Invalide("Le contrat est clos.");
  switch (avenant.type()) {
    case v1::TYPE_AVENANT_PROROGATION:
      if (!avenant.has_nouvelle_date_fin())
        return Invalide("Une prorogation donne la nouvelle date de fin.");
      if (contrat.has_date_fin() &&
          DateDe(avenant.nouvelle_date_fin()) <= DateDe(contrat.date_fin()))
        return Invalide("Une prorogation finit plus tard que le contrat.");
      return absl::OkStatus();
    case v1::TYPE_AVENANT_AJOUT_QUARTIER:
      return VerifierQuartiers(avenant, contrat, /*present=*/false);
    case v1::TYPE_AVENANT_RETRAIT_QUARTIER:
      return VerifierQuartiers(avenant, contrat, /*present=*/true);
    default:
      return absl::OkStatus();
  }
}

absl::StatusOr<v1::Contrat> AppliquerAvenant(const v1::Avenant& avenant, v1::Contrat contrat) {
  absl::Status valid = VerifierAvenant(avenant, contrat);
  if (!valid.ok()) return valid;
  if (avenant.type() == v1::TYPE_AVENANT_PROROGATION)
    *contrat.mutable_date_fin() = avenant.nouvelle_date_fin();
  for (const std::string& qpv : avenant.quartiers()) {
    if (avenant.type() == v1::TYPE_AVENANT_AJOUT_QUARTIER) {
      v1::Territoire* added = contrat.add_territoires();
      added->set_territoire(qpv);
      added->set_role(v1::ROLE_TERRITOIRE_QUARTIER);
      *added->mutable_valide_du() = avenant.date_effet();
    } else if (avenant.type() == v1::TYPE_AVENANT_RETRAIT_QUARTIER) {
      *QuartierOuvert(contrat, qpv)->mutable_valide_au() = avenant.date_effet();
    }
  }
  return contrat;
}

}  // namespace pdv::contrats
