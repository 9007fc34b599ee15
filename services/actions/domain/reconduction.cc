#include "services/actions/domain/reconduction.h"

#include "absl/strings/str_cat.h"
#include "common/status/error.h"
#include "services/actions/domain/dates.h"
#include "services/actions/domain/etats.h"

namespace pdv::actions {
namespace {

bool Bissextile(int year) { return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0; }

// The same day, some years later; the day before where it is the 29th of a February that has none.
void Decaler(int years, google::type::Date* date) {
  date->set_year(date->year() + years);
  if (date->month() == 2 && date->day() == 29 && !Bissextile(date->year())) date->set_day(28);
}

bool Fini(const contrats::v1::Contrat* contrat, const v1::Action& next) {
  if (contrat == nullptr || !contrat->has_date_fin()) return false;
  const types::Date first =
      next.has_date_debut() ? DateDe(next.date_debut()) : types::Date(next.exercice(), 1, 1);
  return DateDe(contrat->date_fin()) < first;
}

// Filed here, or elsewhere where an import states what follows a deposit. A draft, what waits for
// its signataire and what was given up may never have been.
bool DepotConnu(const v1::Action& action) {
  if (action.has_depot_time()) return true;
  switch (action.etat_importe()) {
    case v1::ETAT_ACTION_UNSPECIFIED:
    case v1::ETAT_ACTION_BROUILLON:
    case v1::ETAT_ACTION_EN_ATTENTE_ATTESTATION:
    case v1::ETAT_ACTION_ABANDONNEE:
      return false;
    default:
      return true;
  }
}

absl::Status VerifierDepose(const v1::Action& previous) {
  if (DepotConnu(previous)) return absl::OkStatus();
  return status::Error(absl::StatusCode::kFailedPrecondition, "RECONDUCTION_IMPOSSIBLE",
                       previous.etat() == v1::ETAT_ACTION_ABANDONNEE
                           ? "Ce dossier est abandonné, et aucun dépôt n'en est connu : il ne se "
                             "reconduit pas."
                           : "Ce dossier n'est pas déposé : il ne se reconduit qu'une fois déposé.")
      .With("etat", NomDeLEtat(previous.etat()));
}

}  // namespace

absl::StatusOr<v1::Action> Reconduire(const v1::Action& previous, int32_t exercice,
                                      const contrats::v1::Contrat* contrat) {
  const absl::Status filed = VerifierDepose(previous);
  if (!filed.ok()) return filed;
  const int years = exercice - previous.exercice();
  if (years <= 0)
    return status::InvalidRequest(
        {{"exercice", "RECONDUCTION_IMPOSSIBLE",
          absl::StrCat("Une reconduction vient après l'exercice ", previous.exercice(), ".")}});
  v1::Action next;
  next.set_intitule(previous.intitule());
  next.set_objet(previous.objet());
  next.set_porteur(previous.porteur());
  next.set_dispositif(previous.dispositif());
  next.set_quartier_vecu(previous.quartier_vecu());
  next.set_type(previous.type());
  next.set_npnru(previous.npnru());
  next.set_exercice(exercice);
  next.set_etat(v1::ETAT_ACTION_BROUILLON);
  if (previous.has_date_debut()) {
    *next.mutable_date_debut() = previous.date_debut();
    Decaler(years, next.mutable_date_debut());
  }
  if (previous.has_date_fin()) {
    *next.mutable_date_fin() = previous.date_fin();
    Decaler(years, next.mutable_date_fin());
  }
  if (!Fini(contrat, next)) {
    next.set_contrat(previous.contrat());
    next.set_thematique(previous.thematique());
    *next.mutable_marques_transversales() = previous.marques_transversales();
    *next.mutable_quartiers() = previous.quartiers();
    next.set_departement(previous.departement());
    next.set_region(previous.region());
  }
  if (previous.annee() > 0 && previous.annee() + years <= previous.annees()) {
    next.set_annee(previous.annee() + years);
    next.set_annees(previous.annees());
  }
  next.set_reconduite_de(previous.name());
  next.set_lignee(RacineDe(previous));
  return next;
}

}  // namespace pdv::actions
