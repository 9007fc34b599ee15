#include "services/actions/domain/engagement.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "common/status/error.h"
#include "services/actions/domain/dates.h"

namespace pdv::actions {
namespace {

constexpr types::Date kEntreeEnVigueur(2022, 1, 2);
constexpr char kPasEncore[] =
    "Le contrat d'engagement républicain n'existe que depuis le 2 janvier 2022.";

absl::Status Absent(const v1::Porteur& porteur, const char* message) {
  return status::Error(absl::StatusCode::kFailedPrecondition, "CONTRAT_ENGAGEMENT_ABSENT", message)
      .Law("porteur.contrat_engagement_republicain",
           "loi n° 2000-321 du 12 avril 2000, art. 10-1 ; décret n° 2021-1947 du 31 décembre 2021")
      .With("porteur", porteur.name());
}

absl::Status BadDate(const char* why) {
  return status::InvalidRequest({{"date", "DATES_INCOHERENTES", why}});
}

bool EstRetrait(const v1::FaitEngagement& fait) {
  return fait.nature() == v1::NATURE_FAIT_ENGAGEMENT_RETRAIT;
}

// A withdrawal ends what was subscribed, or deemed to be, before it was decided, whatever its date;
// a subscription holds until then.
enum class Situation { kAbsent, kRetire, kSouscrit };
Situation Souscription(const v1::Porteur& porteur, types::Date jour) {
  Situation situation = Situation::kAbsent;
  for (const v1::FaitEngagement& fait : porteur.cer_historique()) {
    if (DateDe(fait.date()) > jour) continue;
    situation = EstRetrait(fait) ? Situation::kRetire : Situation::kSouscrit;
  }
  return situation;
}

bool RetireDepuis(const v1::Porteur& porteur, types::Date depuis, types::Date jour) {
  return std::any_of(porteur.cer_historique().begin(), porteur.cer_historique().end(),
                     [&](const v1::FaitEngagement& fait) {
                       return EstRetrait(fait) && DateDe(fait.date()) >= depuis &&
                              DateDe(fait.date()) <= jour;
                     });
}

// « Cette obligation est réputée satisfaite » (art. 10-1): of those who were recognised or
// approved, as long as no breach was found since.
bool ReputeeSatisfaite(const v1::Porteur& porteur, types::Date jour) {
  if (porteur.has_reconnue_utilite_publique_le()) {
    const types::Date depuis = DateDe(porteur.reconnue_utilite_publique_le());
    if (depuis <= jour && !RetireDepuis(porteur, depuis, jour)) return true;
  }
  if (!porteur.has_agrement_tronc_commun_le()) return false;
  const types::Date depuis = DateDe(porteur.agrement_tronc_commun_le());
  const bool fini = porteur.has_agrement_tronc_commun_jusquau() &&
                    DateDe(porteur.agrement_tronc_commun_jusquau()) < jour;
  return depuis <= jour && !fini && !RetireDepuis(porteur, depuis, jour);
}

// Who is deemed to satisfy the obligation loses that by a breach, as others lose what they
// subscribed (art. 10-1). What was withdrawn for that day or a later one is not withdrawn anew.
bool PerdCeDontElleEstReputee(const v1::Porteur& porteur, types::Date manquement,
                              types::Date aujourdhui) {
  return ReputeeSatisfaite(porteur, manquement) && !RetireDepuis(porteur, manquement, aujourdhui);
}

absl::Status VerifierDates(const Retrait& retrait, types::Date debut, types::Date aujourdhui) {
  std::vector<status::Violation> violations;
  const auto refuse = [&](const char* field, const char* why) {
    violations.push_back({field, "DATES_INCOHERENTES", why});
  };
  if (retrait.date < debut)
    refuse("date",
           debut == kEntreeEnVigueur ? kPasEncore : "Le retrait ne précède pas la souscription.");
  if (retrait.date > aujourdhui) refuse("date", "Un manquement ne se constate pas d'avance.");
  if (retrait.observations_le < retrait.date || retrait.observations_le > aujourdhui)
    refuse("observations_le",
           "L'association présente ses observations après le manquement et avant la décision.");
  return violations.empty() ? absl::OkStatus() : status::InvalidRequest(std::move(violations));
}

v1::FaitEngagement* Consigner(v1::NatureFaitEngagement nature, types::Date date,
                              const std::string& par, absl::Time instant, v1::Porteur* porteur) {
  v1::FaitEngagement* fait = porteur->add_cer_historique();
  fait->set_nature(nature);
  Ecrire(date, fait->mutable_date());
  fait->set_acteur(par);
  Ecrire(instant, fait->mutable_instant());
  return fait;
}

}  // namespace

absl::Status VerifierEngagement(const v1::Porteur& porteur, types::Date jour) {
  if (porteur.forme() != v1::FORME_PORTEUR_ASSOCIATION || jour < kEntreeEnVigueur)
    return absl::OkStatus();
  const Situation situation = Souscription(porteur, jour);
  if (situation == Situation::kSouscrit || ReputeeSatisfaite(porteur, jour))
    return absl::OkStatus();
  return Absent(porteur,
                situation == Situation::kRetire
                    ? "Le contrat d'engagement républicain a été retiré à cette association."
                    : "L'association n'a pas souscrit le contrat d'engagement républicain.");
}

absl::Status Souscrire(types::Date date, const std::string& par, absl::Time instant,
                       v1::Porteur* porteur) {
  if (date < kEntreeEnVigueur) return BadDate(kPasEncore);
  if (date > JourAParis(instant)) return BadDate("Une souscription ne se déclare pas d'avance.");
  // Whoever lost it does not subscribe it anew before the association was heard: the withdrawal
  // would be as if it had never been.
  for (const v1::FaitEngagement& fait : porteur->cer_historique()) {
    if (!EstRetrait(fait)) continue;
    const types::Date decide =
        DateDe(fait.has_observations_le() ? fait.observations_le() : fait.date());
    if (date <= std::max(decide, DateDe(fait.date())))
      return BadDate(
          "Le contrat a été retiré à cette association : une nouvelle souscription est postérieure "
          "au retrait, et au jour où l'association a pu présenter ses observations.");
  }
  Consigner(v1::NATURE_FAIT_ENGAGEMENT_SOUSCRIPTION, date, par, instant, porteur);
  // What is in force goes on from its first day: to subscribe again takes nothing away from the
  // period in which a breach may be found.
  const bool en_vigueur = porteur->has_cer_souscrit_le() && !porteur->has_cer_retire_le();
  if (en_vigueur && DateDe(porteur->cer_souscrit_le()) <= date) return absl::OkStatus();
  Ecrire(date, porteur->mutable_cer_souscrit_le());
  porteur->set_cer_souscrit_par(par);
  porteur->clear_cer_retire_le();
  porteur->clear_cer_retire_par();
  porteur->clear_cer_retrait_motif();
  porteur->clear_cer_observations_le();
  return absl::OkStatus();
}

absl::Status Retirer(const Retrait& retrait, absl::Time instant, v1::Porteur* porteur) {
  const types::Date aujourdhui = JourAParis(instant);
  const bool reputee = PerdCeDontElleEstReputee(*porteur, retrait.date, aujourdhui);
  if (!reputee && porteur->has_cer_retire_le())
    return Absent(*porteur, "Le contrat d'engagement républicain lui est déjà retiré.");
  if (!reputee && !porteur->has_cer_souscrit_le())
    return Absent(*porteur,
                  "Ce porteur n'a pas souscrit le contrat d'engagement républicain, et n'en était "
                  "pas dispensé le jour du manquement.");
  const absl::Status dates = VerifierDates(
      retrait, reputee ? kEntreeEnVigueur : DateDe(porteur->cer_souscrit_le()), aujourdhui);
  if (!dates.ok()) return dates;
  v1::FaitEngagement* fait =
      Consigner(v1::NATURE_FAIT_ENGAGEMENT_RETRAIT, retrait.date, retrait.par, instant, porteur);
  fait->set_motif(retrait.motif);
  Ecrire(retrait.observations_le, fait->mutable_observations_le());
  Ecrire(retrait.date, porteur->mutable_cer_retire_le());
  Ecrire(retrait.observations_le, porteur->mutable_cer_observations_le());
  porteur->set_cer_retrait_motif(retrait.motif);
  porteur->set_cer_retire_par(retrait.par);
  return absl::OkStatus();
}

}  // namespace pdv::actions
