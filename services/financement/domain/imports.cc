#include "services/financement/domain/imports.h"

#include <algorithm>

#include "common/status/error.h"
#include "services/financement/domain/comptes.h"
#include "services/financement/domain/etats.h"
#include "services/financement/domain/montants.h"
#include "services/financement/domain/saisie.h"

namespace pdv::financement {
namespace {

// How far a line has come. Without an answer, it waits as one that is admissible does; one that
// asks nothing more has not begun.
int Rang(EtatLigne etat) {
  if (etat == v1::ETAT_LIGNE_RETIREE) return v1::ETAT_LIGNE_DEMANDEE;
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

// What is known of a proposed or decided line: another source changes nothing of it, nor who may
// correct it; its own does not take away what a verb told.
void GarderFaits(const v1::Ligne& before, bool same_source, v1::Ligne& after) {
  if (!same_source) {
    after.set_source(before.source());
    after.set_enveloppe(before.enveloppe());
    after.set_ej(before.ej());
    after.clear_demande_le();
    after.clear_vote_le();
    if (before.has_demande_le()) *after.mutable_demande_le() = before.demande_le();
    if (before.has_vote_le()) *after.mutable_vote_le() = before.vote_le();
  } else if (before.etape_decidee() != v1::ETAT_LIGNE_UNSPECIFIED) {
    if (!before.ej().empty()) after.set_ej(before.ej());
    if (before.has_vote_le()) *after.mutable_vote_le() = before.vote_le();
  }
}

absl::Status Decidee(const v1::Ligne& before) {
  return status::Error(absl::StatusCode::kFailedPrecondition, "LIGNE_DECIDEE",
                       "Cette ligne est décidée : un import ne revient pas sur une décision.")
      .With("ligne", before.name());
}

}  // namespace

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
  if (!ouverte) GarderFaits(*before, same_source, after);
  if (MemesMontants(*before, after)) return absl::OkStatus();
  if (!ouverte && (!same_source || told < EtatSelonMontants(*before))) return Decidee(*before);
  const EtatLigne tenu = EtatSelonDemande(*before, after);
  after.set_etat(Rang(told) > Rang(tenu) ? told : tenu);
  if (!Indecise(after.etat())) Liberer(after);
  return absl::OkStatus();
}

}  // namespace pdv::financement
