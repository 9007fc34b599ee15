#include "services/actions/domain/engagement.h"

#include <utility>
#include <vector>

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

absl::Status Souscrire(types::Date date, const std::string& par, types::Date aujourdhui,
                       v1::Porteur* porteur) {
  if (date < kEntreeEnVigueur)
    return BadDate("Le contrat d'engagement républicain n'existe que depuis le 2 janvier 2022.");
  if (date > aujourdhui) return BadDate("Une souscription ne se déclare pas d'avance.");
  Ecrire(date, porteur->mutable_cer_souscrit_le());
  porteur->set_cer_souscrit_par(par);
  porteur->clear_cer_retire_le();
  porteur->clear_cer_retire_par();
  porteur->clear_cer_retrait_motif();
  porteur->clear_cer_observations_le();
  return absl::OkStatus();
}

absl::Status Retirer(const Retrait& retrait, types::Date aujourdhui, v1::Porteur* porteur) {
  if (!porteur->has_cer_souscrit_le())
    return Absent(*porteur, "Ce porteur n'a pas souscrit le contrat d'engagement républicain.");
  if (porteur->has_cer_retire_le())
    return Absent(*porteur, "Le contrat d'engagement républicain lui est déjà retiré.");
  std::vector<status::Violation> violations;
  const auto refuse = [&](const char* field, const char* why) {
    violations.push_back({field, "DATES_INCOHERENTES", why});
  };
  if (retrait.date < DateDe(porteur->cer_souscrit_le()))
    refuse("date", "Le retrait ne précède pas la souscription.");
  if (retrait.date > aujourdhui) refuse("date", "Un manquement ne se constate pas d'avance.");
  if (retrait.observations_le < retrait.date || retrait.observations_le > aujourdhui)
    refuse("observations_le",
           "L'association présente ses observations après le manquement et avant la décision.");
  if (!violations.empty()) return status::InvalidRequest(std::move(violations));
  Ecrire(retrait.date, porteur->mutable_cer_retire_le());
  Ecrire(retrait.observations_le, porteur->mutable_cer_observations_le());
  porteur->set_cer_retrait_motif(retrait.motif);
  porteur->set_cer_retire_par(retrait.par);
  return absl::OkStatus();
}

}  // namespace pdv::actions
