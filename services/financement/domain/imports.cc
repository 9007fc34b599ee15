#include "services/financement/domain/imports.h"

#include <algorithm>

#include "common/status/error.h"
#include "services/financement/domain/comptes.h"
#include "services/financement/domain/etats.h"
#include "services/financement/domain/montants.h"

namespace pdv::financement {
namespace {

// How far a line has come. Without an answer, it waits as one that is admissible does.
int Rang(EtatLigne etat) {
  return etat == v1::ETAT_LIGNE_SANS_REPONSE ? v1::ETAT_LIGNE_RECEVABLE : etat;
}

// The step at which an amount is decided.
EtatLigne Etape(Stade stade) {
  switch (stade) {
    case Stade::kDemande:
    case Stade::kPropose:
    case Stade::kReserve:
      return v1::ETAT_LIGNE_PROPOSEE;
    case Stade::kVote:
      return v1::ETAT_LIGNE_VOTEE;
    case Stade::kEngage:
      return v1::ETAT_LIGNE_ENGAGEE;
    case Stade::kPaye:
      return v1::ETAT_LIGNE_VERSEE;
  }
  return v1::ETAT_LIGNE_PROPOSEE;
}

// What was decided here stays: the amounts until that step, and the envelope that gives them.
bool RespecteLesVerbes(const v1::Ligne& before, const v1::Ligne& after) {
  if (before.etape_decidee() == v1::ETAT_LIGNE_UNSPECIFIED) return true;
  const auto postes = Postes();
  return before.enveloppe() == after.enveloppe() &&
         std::all_of(postes.begin(), postes.end(), [&](const Poste& poste) {
           return Etape(poste.stade) > before.etape_decidee() ||
                  (before.*poste.lire)() == (after.*poste.lire)();
         });
}

absl::Status Decidee(const v1::Ligne& before) {
  return status::Error(absl::StatusCode::kFailedPrecondition, "LIGNE_DECIDEE",
                       "Cette ligne est décidée : un import ne revient pas sur une décision.")
      .With("ligne", before.name());
}

}  // namespace

bool MontantOuvert(EtatLigne etat) { return Indecise(etat) && etat != v1::ETAT_LIGNE_PROPOSEE; }

absl::Status ReprendreImport(const v1::Ligne* before, v1::Ligne& after) {
  const EtatLigne told = EtatSelonMontants(after);
  if (before == nullptr) {
    after.set_etat(told);
    if (!Indecise(told)) Liberer(after);
    return absl::OkStatus();
  }
  if (before->etat() == v1::ETAT_LIGNE_IRRECEVABLE || before->etat() == v1::ETAT_LIGNE_REFUSEE ||
      !RespecteLesVerbes(*before, after))
    return Decidee(*before);
  const bool same_source = !before->source().empty() && before->source() == after.source();
  const bool ouverte = MontantOuvert(before->etat());
  const bool same_amounts = MemesMontants(*before, after);
  // Who told a decided line stays the one who may correct it.
  if (!ouverte && same_amounts) after.set_source(before->source());
  if (same_amounts) return absl::OkStatus();
  if (!ouverte && (!same_source || told < EtatSelonMontants(*before))) return Decidee(*before);
  after.set_etat(Rang(told) > Rang(before->etat()) ? told : before->etat());
  if (!Indecise(after.etat())) Liberer(after);
  return absl::OkStatus();
}

}  // namespace pdv::financement
