#include "services/financement/domain/montants.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "common/status/error.h"
#include "common/types/centimes.h"

namespace pdv::financement {
namespace {

struct Borne {
  int64_t montant, plafond;
  const char* quoi;
  const char* plafond_nom;
};

// What the verb grants, droit commun and crédits spécifiques together, in cents.
int64_t Granted(Verbe verbe, const v1::Ligne& l) {
  switch (verbe) {
    case Verbe::kProposer:
      return l.propose_droit_commun_centimes() + l.propose_specifiques_centimes();
    case Verbe::kVoter:
      return Consommation(l, v1::NATURE_ENVELOPPE_AE);
    case Verbe::kEngager:
      return l.engage_droit_commun_centimes() + l.engage_specifiques_centimes();
    default:
      return 0;
  }
  return 0;
}

// Payments are told by their total: it grows.
absl::Status VerifierVersement(const v1::Ligne& before, const v1::Ligne& after) {
  const int64_t paid = Consommation(before, v1::NATURE_ENVELOPPE_CP);
  const bool less = after.paye_droit_commun_centimes() < before.paye_droit_commun_centimes() ||
                    after.paye_specifiques_centimes() < before.paye_specifiques_centimes();
  if (less)
    return status::Error(absl::StatusCode::kFailedPrecondition, "MONTANT_DECROISSANT",
                         "Les versements se cumulent : le total versé ne peut pas diminuer.")
        .With("deja_verse_centimes", paid);
  if (Consommation(after, v1::NATURE_ENVELOPPE_CP) > paid) return absl::OkStatus();
  return status::Error(absl::StatusCode::kFailedPrecondition, "MONTANT_NUL",
                       absl::StrCat("Ce versement n'ajoute rien : le total versé est déjà de ",
                                    types::FormaterMontant(paid), "."))
      .With("deja_verse_centimes", paid);
}

}  // namespace

absl::Status VerifierMontants(const v1::Ligne& l) {
  const Borne bounds[] = {
      {l.engage_droit_commun_centimes(), l.vote_droit_commun_centimes(), "engagé de droit commun",
       "voté"},
      {l.engage_specifiques_centimes(), l.vote_specifiques_centimes(),
       "engagé de crédits spécifiques", "voté"},
      {l.paye_droit_commun_centimes(), l.engage_droit_commun_centimes(), "payé de droit commun",
       "engagé"},
      {l.paye_specifiques_centimes(), l.engage_specifiques_centimes(),
       "payé de crédits spécifiques", "engagé"},
  };
  status::Error error(absl::StatusCode::kFailedPrecondition, "MONTANT_EXCESSIF",
                      "On n'engage pas plus que voté, on ne paie pas plus qu'engagé.");
  bool excess = false;
  for (const Borne& bound : bounds) {
    if (bound.montant <= bound.plafond) continue;
    error.Precondition(
        "MONTANT_EXCESSIF", l.name(),
        absl::StrCat("Le montant ", bound.quoi, " (", types::FormaterMontant(bound.montant),
                     ") dépasse le montant ", bound.plafond_nom, " (",
                     types::FormaterMontant(bound.plafond), ")."));
    excess = true;
  }
  if (!excess) return absl::OkStatus();
  return error.Law("AE_CP", "loi organique n° 2001-692 du 1er août 2001, art. 8");
}

absl::Status VerifierVerbe(Verbe verbe, const v1::Ligne& before, const v1::Ligne& after) {
  if (!DecideMontants(verbe)) return absl::OkStatus();
  if (verbe == Verbe::kVerser) return VerifierVersement(before, after);
  if (Granted(verbe, after) > 0) return absl::OkStatus();
  return status::Error(absl::StatusCode::kFailedPrecondition, "MONTANT_NUL",
                       "Le montant est nul : une ligne à laquelle on n'accorde rien se refuse, "
                       "avec son motif.");
}

bool MemesDecisions(const v1::Ligne& a, const v1::Ligne& b) {
  return a.propose_droit_commun_centimes() == b.propose_droit_commun_centimes() &&
         a.propose_specifiques_centimes() == b.propose_specifiques_centimes() &&
         a.vote_droit_commun_centimes() == b.vote_droit_commun_centimes() &&
         a.vote_specifiques_centimes() == b.vote_specifiques_centimes() &&
         a.engage_droit_commun_centimes() == b.engage_droit_commun_centimes() &&
         a.engage_specifiques_centimes() == b.engage_specifiques_centimes() &&
         a.paye_droit_commun_centimes() == b.paye_droit_commun_centimes() &&
         a.paye_specifiques_centimes() == b.paye_specifiques_centimes();
}

void Liberer(v1::Ligne& ligne) {
  ligne.clear_reserve_droit_commun_centimes();
  ligne.clear_reserve_specifiques_centimes();
  ligne.clear_reserve_expire_time();
}

bool MemeReserve(const v1::Ligne& a, const v1::Ligne& b) {
  return a.reserve_droit_commun_centimes() == b.reserve_droit_commun_centimes() &&
         a.reserve_specifiques_centimes() == b.reserve_specifiques_centimes();
}

bool MemesMontants(const v1::Ligne& a, const v1::Ligne& b) {
  return a.demande_droit_commun_centimes() == b.demande_droit_commun_centimes() &&
         a.demande_specifiques_centimes() == b.demande_specifiques_centimes() &&
         MemesDecisions(a, b);
}

int64_t Consommation(const v1::Ligne& l, v1::NatureEnveloppe nature) {
  return nature == v1::NATURE_ENVELOPPE_AE
             ? l.vote_droit_commun_centimes() + l.vote_specifiques_centimes()
             : l.paye_droit_commun_centimes() + l.paye_specifiques_centimes();
}

}  // namespace pdv::financement
