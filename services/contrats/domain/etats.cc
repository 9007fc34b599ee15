#include "services/contrats/domain/etats.h"

#include <string_view>

#include "absl/strings/str_cat.h"
#include "common/status/error.h"
#include "services/contrats/domain/dates.h"

namespace pdv::contrats {
namespace {

struct Legal {
  EtatContrat from;
  Verbe verb;
  EtatContrat to;
};

// The whole life of a contrat. What is not here is forbidden.
constexpr Legal kLegal[] = {
    {v1::ETAT_CONTRAT_PROJET, Verbe::kSigner, v1::ETAT_CONTRAT_SIGNE},
    {v1::ETAT_CONTRAT_SIGNE, Verbe::kMettreEnVigueur, v1::ETAT_CONTRAT_EN_VIGUEUR},
    {v1::ETAT_CONTRAT_EN_VIGUEUR, Verbe::kClore, v1::ETAT_CONTRAT_CLOS},
};

const char* Nom(EtatContrat etat) {
  switch (etat) {
    case v1::ETAT_CONTRAT_PROJET:
      return "en projet";
    case v1::ETAT_CONTRAT_SIGNE:
      return "signé";
    case v1::ETAT_CONTRAT_EN_VIGUEUR:
      return "en vigueur";
    case v1::ETAT_CONTRAT_CLOS:
      return "clos";
    default:
      return "sans état";
  }
}

const char* Nom(Verbe verb) {
  return verb == Verbe::kSigner            ? "se signer"
         : verb == Verbe::kMettreEnVigueur ? "entrer en vigueur"
                                           : "se clore";
}

}  // namespace

absl::StatusOr<EtatContrat> Transition(EtatContrat from, Verbe verb) {
  for (const Legal& legal : kLegal) {
    if (legal.from == from && legal.verb == verb) return legal.to;
  }
  return status::Error(absl::StatusCode::kFailedPrecondition, "TRANSITION_INTERDITE",
                       absl::StrCat("Un contrat ", Nom(from), " ne peut pas ", Nom(verb), "."))
      .With("etat", Nom(from))
      .Build();
}

EtatContrat EtatSelonDates(const Contrat& contrat, types::Date today) {
  if (!contrat.has_date_debut() || today < DateDe(contrat.date_debut()))
    return v1::ETAT_CONTRAT_SIGNE;
  if (contrat.has_date_fin() && today > DateDe(contrat.date_fin())) return v1::ETAT_CONTRAT_CLOS;
  return v1::ETAT_CONTRAT_EN_VIGUEUR;
}

absl::Status VerifierCalendrier(const Contrat& contrat, Verbe verb, types::Date today) {
  const char* why = nullptr;
  if (verb == Verbe::kMettreEnVigueur && contrat.has_date_debut() &&
      today < DateDe(contrat.date_debut()))
    why = "Le contrat n'a pas encore commencé.";
  if (verb == Verbe::kClore && contrat.has_date_fin() && today <= DateDe(contrat.date_fin()))
    why = "Le contrat n'est pas encore à son terme.";
  if (why == nullptr) return absl::OkStatus();
  return status::Error(absl::StatusCode::kFailedPrecondition, "DATES_INCOHERENTES", why)
      .With("name", contrat.name());
}

bool EstSigne(EtatContrat etat) { return etat > v1::ETAT_CONTRAT_PROJET; }

}  // namespace pdv::contrats
