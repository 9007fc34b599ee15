#include "services/financement/app/regles_ressources.h"

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/status/error.h"
#include "common/types/centimes.h"
#include "common/types/nom.h"
#include "pdv/actions/v1/action.pb.h"
#include "services/financement/domain/etats.h"
#include "services/financement/domain/montants.h"
#include "services/financement/store/miroirs.h"

namespace pdv::financement {
namespace {

bool FromImport(const store::Changes& changes) {
  return changes.call().method != nullptr &&
         absl::StartsWith(changes.call().method->name(), "Importer");
}

// The facts of the action that the sums hang on.
void CopyFacts(const actions::v1::Action& action, v1::Ligne& ligne) {
  ligne.set_exercice(action.exercice());
  ligne.set_contrat(action.contrat());
  ligne.set_departement(action.departement());
  ligne.set_region(action.region());
  ligne.set_thematique(action.thematique());
  ligne.set_dispositif(action.dispositif());
  ligne.clear_quartiers();
  for (const auto& part : action.quartiers()) {
    auto* copy = ligne.add_quartiers();
    copy->set_qpv(part.qpv());
    copy->set_part_points(part.part_points());
  }
}

bool Undecided(v1::EtatLigne etat) {
  return etat == v1::ETAT_LIGNE_DEMANDEE || etat == v1::ETAT_LIGNE_PRISE_EN_CHARGE ||
         etat == v1::ETAT_LIGNE_RECEVABLE || etat == v1::ETAT_LIGNE_SANS_REPONSE;
}

// Create and update give what is asked; proposals, votes and payments are verbs.
absl::Status ReglesSaisie(const v1::Ligne& before, const v1::Ligne& after) {
  if (!MemesDecisions(before, after))
    return status::Error(absl::StatusCode::kFailedPrecondition, "MONTANT_PAR_VERBE",
                         "Seul le montant demandé se saisit : les autres viennent d'une "
                         "proposition, d'un vote, d'un engagement ou d'un versement.");
  if (MemesMontants(before, after) || Undecided(before.etat())) return absl::OkStatus();
  return status::Error(absl::StatusCode::kFailedPrecondition, "LIGNE_DECIDEE",
                       "Cette ligne est proposée ou décidée : le montant demandé ne change plus.");
}

// A register may correct what it told before. It neither touches what was decided here, nor takes a
// line back to an earlier stage: reading an old file again undoes no vote.
absl::Status ReglesImport(const v1::Ligne* before, v1::Ligne& after) {
  if (before != nullptr && MemesMontants(*before, after)) return absl::OkStatus();
  after.set_etat(EtatSelonMontants(after));
  if (before == nullptr || Undecided(before->etat())) return absl::OkStatus();
  const bool same_source = !before->source().empty() && before->source() == after.source();
  const bool forward =
      EtatSelonMontants(*before) <= after.etat() && before->etat() != v1::ETAT_LIGNE_REFUSEE;
  if (same_source && forward) return absl::OkStatus();
  return status::Error(absl::StatusCode::kFailedPrecondition, "LIGNE_DECIDEE",
                       "Cette ligne est décidée : un import ne revient pas sur une décision.");
}

}  // namespace

std::vector<store::Read> LecturesLigne(const v1::Ligne& ligne) {
  if (ligne.enveloppe().empty()) return {};
  return {store::Read::Of<v1::Enveloppe>(ligne.enveloppe())};
}

absl::Status ImputerEnveloppe(const v1::Ligne* before, const v1::Ligne& after,
                              store::Changes& changes) {
  if (after.enveloppe().empty()) return absl::OkStatus();
  // An update that leaves both as they were has not read the envelope, and asks nothing of it.
  if (before != nullptr && before->enveloppe() == after.enveloppe() &&
      MemesDecisions(*before, after))
    return absl::OkStatus();
  absl::StatusOr<v1::Enveloppe> enveloppe = changes.Get<v1::Enveloppe>(after.enveloppe());
  if (!enveloppe.ok()) return enveloppe.status();
  const int64_t consumed = enveloppe->consomme_centimes();
  absl::Status imputed = Imputer(before, after, *enveloppe);
  if (!imputed.ok() || enveloppe->consomme_centimes() == consumed) return imputed;
  return changes.Update(*std::move(enveloppe)).status();
}

absl::Status ReglesEnveloppe(const v1::Enveloppe* before, v1::Enveloppe& after, store::Changes&) {
  if (before == nullptr) return absl::OkStatus();
  if (after.montant_centimes() >= before->consomme_centimes()) return absl::OkStatus();
  return status::Error(absl::StatusCode::kFailedPrecondition, "ENVELOPPE_ENTAMEE",
                       absl::StrCat("L'enveloppe a déjà accordé ",
                                    types::FormaterMontant(before->consomme_centimes()),
                                    " : elle ne descend pas en dessous."))
      .With("consomme_centimes", before->consomme_centimes());
}

absl::Status ReglesLigne(const v1::Ligne* before, v1::Ligne& after, store::Changes& changes) {
  absl::Status valid = VerifierMontants(after);
  if (!valid.ok()) return valid;
  const auto* action =
      static_cast<const actions::v1::Action*>(changes.FindRow(MiroirAction(), after.action()));
  if (action != nullptr) CopyFacts(*action, after);
  if (FromImport(changes)) {
    valid = ReglesImport(before, after);
  } else {
    v1::Ligne asked;
    asked.set_etat(v1::ETAT_LIGNE_DEMANDEE);
    if (before == nullptr) after.set_etat(v1::ETAT_LIGNE_DEMANDEE);
    valid = ReglesSaisie(before == nullptr ? asked : *before, after);
  }
  return valid.ok() ? ImputerEnveloppe(before, after, changes) : valid;
}

absl::Status ReglesProgrammation(const v1::Programmation* before, v1::Programmation& after,
                                 store::Changes&) {
  if (before != nullptr) return absl::OkStatus();
  const std::string wanted =
      absl::StrCat("programmations/", std::string(types::DernierSegment(after.contrat())), "-",
                   after.exercice());
  if (after.name() != wanted)
    return status::InvalidRequest(
        {{"programmation_id", "NOM_INCOHERENT",
          absl::StrCat("La programmation de ce contrat et de cet exercice se nomme ", wanted,
                       ".")}});
  after.set_etat(v1::ETAT_PROGRAMMATION_EN_PREPARATION);
  return absl::OkStatus();
}

}  // namespace pdv::financement
