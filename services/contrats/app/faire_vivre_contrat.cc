#include "services/contrats/app/faire_vivre_contrat.h"

#include "common/status/error.h"
#include "services/contrats/domain/dates.h"
#include "services/contrats/domain/etats.h"

namespace pdv::contrats {
namespace {

absl::Status TooEarly(const char* why) {
  return status::Error(absl::StatusCode::kFailedPrecondition, "DATES_INCOHERENTES", why);
}

absl::StatusOr<v1::Contrat> Move(store::Changes& changes, const std::string& name,
                                 const std::string& etag, Verbe verb) {
  absl::StatusOr<v1::Contrat> contrat = changes.Get<v1::Contrat>(name);
  if (!contrat.ok()) return contrat;
  absl::Status fresh = store::CheckEtag(*contrat, etag);
  if (!fresh.ok()) return fresh;
  absl::StatusOr<v1::EtatContrat> etat = Transition(contrat->etat(), verb);
  if (!etat.ok()) return etat.status();
  const types::Date today = absl::ToCivilDay(changes.now(), absl::UTCTimeZone());
  if (verb == Verbe::kMettreEnVigueur && today < DateDe(contrat->date_debut()))
    return TooEarly("Le contrat n'a pas encore commencé.");
  if (verb == Verbe::kClore && today <= DateDe(contrat->date_fin()))
    return TooEarly("Le contrat n'est pas encore à son terme.");
  contrat->set_etat(*etat);
  return changes.Update(*std::move(contrat));
}

}  // namespace

store::Mutation MettreEnVigueurContrat(const v1::MettreEnVigueurContratRequest& request) {
  return store::Decide<v1::Contrat>(
      {store::Read::Of<v1::Contrat>(request.name())}, [request](store::Changes& changes) {
        return Move(changes, request.name(), request.etag(), Verbe::kMettreEnVigueur);
      });
}

store::Mutation CloreContrat(const v1::CloreContratRequest& request) {
  return store::Decide<v1::Contrat>(
      {store::Read::Of<v1::Contrat>(request.name())}, [request](store::Changes& changes) {
        return Move(changes, request.name(), request.etag(), Verbe::kClore);
      });
}

}  // namespace pdv::contrats
