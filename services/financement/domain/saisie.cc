#include "services/financement/domain/saisie.h"

#include <optional>

#include "common/status/error.h"
#include "services/financement/domain/etats.h"
#include "services/financement/domain/montants.h"

namespace pdv::financement {
namespace {

bool MemeJour(const google::type::Date& a, const google::type::Date& b) {
  return a.year() == b.year() && a.month() == b.month() && a.day() == b.day();
}

// What is asked, and when: what the porteur says of a line.
bool MemeDemande(const v1::Ligne& a, const v1::Ligne& b) {
  return a.demande_droit_commun_centimes() == b.demande_droit_commun_centimes() &&
         a.demande_specifiques_centimes() == b.demande_specifiques_centimes() &&
         MemeJour(a.demande_le(), b.demande_le());
}

// In cents, droit commun and crédits spécifiques together.
int64_t Demande(const v1::Ligne& ligne) {
  return ligne.demande_droit_commun_centimes() + ligne.demande_specifiques_centimes();
}

struct Regle {
  const char* raison;
  const char* phrase;
  bool (*enfreinte)(const v1::Ligne& before, const v1::Ligne& after);
};

constexpr Regle kRegles[] = {
    {"MONTANT_PAR_VERBE",
     "Seul le montant demandé se saisit : les autres viennent d'une proposition, d'un vote, d'un "
     "engagement ou d'un versement.",
     [](const v1::Ligne& before, const v1::Ligne& after) {
       return !MemesDecisions(before, after);
     }},
    {"FAIT_PAR_VERBE", "La date du vote ne se saisit pas : le vote la donne.",
     [](const v1::Ligne& before, const v1::Ligne& after) {
       return !MemeJour(before.vote_le(), after.vote_le());
     }},
    {"FAIT_PAR_VERBE", "L'engagement juridique ne se saisit pas : l'engagement le donne.",
     [](const v1::Ligne& before, const v1::Ligne& after) { return before.ej() != after.ej(); }},
    {"FAIT_PAR_VERBE", "La source ne se saisit pas : l'import qui l'a lue la donne.",
     [](const v1::Ligne& before, const v1::Ligne& after) {
       return before.source() != after.source();
     }},
    {"LIGNE_DECIDEE",
     "Cette ligne est proposée ou décidée : ce qui est demandé ne change plus, ni sa date.",
     [](const v1::Ligne& before, const v1::Ligne& after) {
       return !MontantOuvert(before.etat()) && !MemeDemande(before, after);
     }},
};

}  // namespace

bool MontantOuvert(v1::EtatLigne etat) {
  return (Indecise(etat) && etat != v1::ETAT_LIGNE_PROPOSEE) || etat == v1::ETAT_LIGNE_RETIREE;
}

v1::EtatLigne EtatSelonDemande(const v1::Ligne& before, const v1::Ligne& after) {
  if (before.etat() == v1::ETAT_LIGNE_RETIREE && Demande(after) > 0) return v1::ETAT_LIGNE_DEMANDEE;
  const bool withdrawn = Demande(before) > 0 && Demande(after) == 0;
  return withdrawn && MontantOuvert(before.etat()) ? v1::ETAT_LIGNE_RETIREE : before.etat();
}

absl::Status VerifierSaisie(const v1::Ligne& before, const v1::Ligne& after) {
  std::optional<status::Error> error;
  for (const Regle& regle : kRegles) {
    if (!regle.enfreinte(before, after)) continue;
    if (!error) error.emplace(absl::StatusCode::kFailedPrecondition, regle.raison, regle.phrase);
    error->Precondition(regle.raison, after.name(), regle.phrase);
  }
  return error ? error->Build() : absl::OkStatus();
}

}  // namespace pdv::financement
