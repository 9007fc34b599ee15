#include "services/actions/domain/engagement.h"

#include "common/status/error.h"
#include "services/actions/domain/dates.h"

namespace pdv::actions {
namespace {

constexpr types::Date kEntreeEnVigueur(2022, 1, 2);

absl::Status Absent(const v1::Porteur& porteur, const char* message) {
  return status::Error(absl::StatusCode::kFailedPrecondition, "CONTRAT_ENGAGEMENT_ABSENT", message)
      .Law("porteur.contrat_engagement_republicain",
           "loi n° 2000-321 du 12 avril 2000, art. 10-1 ; décret n° 2021-1947 du 31 décembre 2021")
      .With("porteur", porteur.name());
}

absl::Status BadDate(const char* why) {
  return status::InvalidRequest({{"date", "DATES_INCOHERENTES", why}});
}

}  // namespace

absl::Status VerifierEngagement(const v1::Porteur& porteur, types::Date jour) {
  if (porteur.forme() != v1::FORME_PORTEUR_ASSOCIATION || jour < kEntreeEnVigueur)
    return absl::OkStatus();
  if (!porteur.has_cer_souscrit_le() || DateDe(porteur.cer_souscrit_le()) > jour)
    return Absent(porteur, "L'association n'a pas souscrit le contrat d'engagement républicain.");
  if (porteur.has_cer_retire_le() && DateDe(porteur.cer_retire_le()) <= jour)
    return Absent(porteur, "Le contrat d'engagement républicain a été retiré à cette association.");
  return absl::OkStatus();
}

absl::Status Souscrire(types::Date date, types::Date aujourdhui, v1::Porteur* porteur) {
  if (date < kEntreeEnVigueur)
    return BadDate("Le contrat d'engagement républicain n'existe que depuis le 2 janvier 2022.");
  if (date > aujourdhui) return BadDate("Une souscription ne se déclare pas d'avance.");
  Ecrire(date, porteur->mutable_cer_souscrit_le());
  porteur->clear_cer_retire_le();
  return absl::OkStatus();
}

absl::Status Retirer(types::Date date, v1::Porteur* porteur) {
  if (!porteur->has_cer_souscrit_le())
    return Absent(*porteur, "Ce porteur n'a pas souscrit le contrat d'engagement républicain.");
  if (date < DateDe(porteur->cer_souscrit_le()))
    return BadDate("Le retrait ne précède pas la souscription.");
  Ecrire(date, porteur->mutable_cer_retire_le());
  return absl::OkStatus();
}

}  // namespace pdv::actions
