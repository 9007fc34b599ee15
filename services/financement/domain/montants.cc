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

}  // namespace

absl::Status VerifierMontants(const v1::Ligne& l) {
  const Borne bounds[] = {
      {l.engage_droit_commun_centimes(), l.vote_droit_commun_centimes(),
       "engagé de droit commun", "voté"},
      {l.engage_specifiques_centimes(), l.vote_specifiques_centimes(),
       "engagé de crédits spécifiques", "voté"},
      {l.paye_droit_commun_centimes(), l.engage_droit_commun_centimes(),
       "payé de droit commun", "engagé"},
      {l.paye_specifiques_centimes(), l.engage_specifiques_centimes(),
       "payé de crédits spécifiques", "engagé"},
  };
  status::Error error(absl::StatusCode::kFailedPrecondition, "MONTANT_EXCESSIF",
                      "On n'engage pas plus que voté, on ne paie pas plus qu'engagé.");
  bool excess = false;
  for (const Borne& bound : bounds) {
    if (bound.montant <= bound.plafond) continue;
    error.Precondition("MONTANT_EXCESSIF", l.name(),
                       absl::StrCat("Le montant ", bound.quoi, " (",
                                    types::FormaterMontant(bound.montant), ") dépasse le montant ",
                                    bound.plafond_nom, " (",
                                    types::FormaterMontant(bound.plafond), ")."));
    excess = true;
  }
  return excess ? error.Build() : absl::OkStatus();
}

int64_t Consommation(const v1::Ligne& l, v1::NatureEnveloppe nature) {
  return nature == v1::NATURE_ENVELOPPE_AE
             ? l.vote_droit_commun_centimes() + l.vote_specifiques_centimes()
             : l.paye_droit_commun_centimes() + l.paye_specifiques_centimes();
}

absl::Status Imputer(const v1::Ligne* before, const v1::Ligne& after, v1::Enveloppe& enveloppe) {
  if (enveloppe.financeur() != after.financeur() || enveloppe.exercice() != after.exercice())
    return status::Error(absl::StatusCode::kFailedPrecondition, "ENVELOPPE_INCOHERENTE",
                         "L'enveloppe est d'un autre financeur ou d'un autre exercice.")
        .With("enveloppe", enveloppe.name());
  const int64_t had = before != nullptr && before->enveloppe() == enveloppe.name()
                          ? Consommation(*before, enveloppe.nature())
                          : 0;
  const int64_t more = Consommation(after, enveloppe.nature()) - had;
  const int64_t left = enveloppe.montant_centimes() - enveloppe.consomme_centimes();
  if (more > left)
    return status::Error(
               absl::StatusCode::kFailedPrecondition, "ENVELOPPE_INSUFFISANTE",
               absl::StrCat("Il reste ", types::FormaterMontant(left), " sur l'enveloppe « ",
                            enveloppe.libelle(), " », et il faut ",
                            types::FormaterMontant(more), "."))
        .With("enveloppe", enveloppe.name())
        .With("reste_centimes", left)
        .With("demande_centimes", more);
  enveloppe.set_consomme_centimes(enveloppe.consomme_centimes() + more);
  return absl::OkStatus();
}

}  // namespace pdv::financement
