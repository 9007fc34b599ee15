#include "services/financement/app/regles_ressources.h"

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/status/error.h"
#include "common/types/nom.h"
#include "pdv/actions/v1/action.pb.h"
#include "pdv/contrats/v1/contrat.pb.h"
#include "pdv/contrats/v1/territoire.pb.h"
#include "services/financement/app/appelant.h"
#include "services/financement/app/budgets.h"
#include "services/financement/app/grand_livre.h"
#include "services/financement/domain/budget.h"
#include "services/financement/domain/dossiers.h"
#include "services/financement/domain/enveloppes.h"
#include "services/financement/domain/etats.h"
#include "services/financement/domain/imports.h"
#include "services/financement/domain/montants.h"
#include "services/financement/domain/saisie.h"
#include "services/financement/store/miroirs.h"

namespace pdv::financement {
namespace {

// The perimeters that hold this one, as the mirrors of contrats tell them.
Englobants EnglobantsDe(const std::string& perimetre, const store::Changes& changes) {
  if (const auto* contrat =
          static_cast<const contrats::v1::Contrat*>(changes.FindRow(MiroirContrat(), perimetre))) {
    std::vector<std::string> all(contrat->departements().begin(), contrat->departements().end());
    all.insert(all.end(), contrat->regions().begin(), contrat->regions().end());
    return all;
  }
  if (const auto* departement = static_cast<const contrats::v1::Departement*>(
          changes.FindRow(MiroirDepartement(), perimetre)))
    return std::vector<std::string>{departement->region()};
  return std::nullopt;
}

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

// Create and update give what is asked, under a budget until the dossier is decided.
absl::Status Saisir(const v1::Ligne* before, v1::Ligne& after, const store::Changes& changes) {
  v1::Ligne asked;
  asked.set_etat(v1::ETAT_LIGNE_DEMANDEE);
  if (before == nullptr) before = &asked;
  absl::Status entered = VerifierSaisie(*before, after);
  if (!entered.ok()) return entered;
  after.set_etat(EtatSelonDemande(*before, after));
  const auto* action =
      static_cast<const actions::v1::Action*>(changes.FindRow(MiroirActionEtat(), after.action()));
  const bool free = MemesMontants(*before, after) || action == nullptr ||
                    changes.Find<v1::Budget>(BudgetDe(after.action())) == nullptr;
  return free ? absl::OkStatus() : VerifierDemandesOuvertes(*action);
}

// Who instructs the line says which envelope is to pay, until a proposal, which holds the money
// there: another proposal may name another.
absl::Status ReglesImputation(const v1::Ligne& before, const store::Changes& changes) {
  if (!MontantOuvert(before.etat()))
    return status::Error(absl::StatusCode::kFailedPrecondition, "LIGNE_DECIDEE",
                         "Cette ligne est proposée ou décidée : son enveloppe change par une "
                         "nouvelle proposition, ou ne change plus.")
        .With("enveloppe", before.enveloppe());
  return VerifierLigne(before, Verbe::kProposer, changes);
}

// An envelope of programme 147 is newly named: what it may not pay is in the budget of the action.
absl::Status ReglesProgramme(const v1::Ligne& after, const store::Changes& changes) {
  const auto* enveloppe = changes.Find<v1::Enveloppe>(after.enveloppe());
  const auto* budget = changes.Find<v1::Budget>(BudgetDe(after.action()));
  if (enveloppe == nullptr || budget == nullptr) return absl::OkStatus();
  return VerifierImputation(*enveloppe, *budget);
}

// What a caller may do by create or update, beyond the amounts.
absl::Status ReglesEnveloppeDeLigne(const v1::Ligne* before, const v1::Ligne& after,
                                    const store::Changes& changes) {
  if (before != nullptr && before->enveloppe() == after.enveloppe()) return absl::OkStatus();
  absl::Status allowed = before == nullptr || FromImport(changes)
                             ? absl::OkStatus()
                             : ReglesImputation(*before, changes);
  return allowed.ok() ? ReglesProgramme(after, changes) : allowed;
}

// A dotation moves euros: it is given by who may do so by the verb, and asked twice, given once.
absl::Status VerifierDotation(const v1::Enveloppe& enveloppe, const store::Changes& changes) {
  if (changes.request_id().empty())
    return status::InvalidRequest(
        {{"request_id", "CHAMP_OBLIGATOIRE",
          "Un identifiant de requête est obligatoire pour créer une enveloppe dotée."}});
  return VerifierEnveloppe(enveloppe, changes);
}

// Bound to its envelope by what it took from it.
bool Engagee(const v1::Ligne& ligne) {
  return ligne.reserve_droit_commun_centimes() + ligne.reserve_specifiques_centimes() +
             ligne.vote_droit_commun_centimes() + ligne.vote_specifiques_centimes() >
         0;
}

}  // namespace

std::vector<store::Read> LecturesLigne(const v1::Ligne& ligne) {
  return {store::Read::Of<v1::Budget>(BudgetDe(ligne.action()))};
}

std::vector<store::Read> SuitesLigne(const v1::Ligne& ligne, const store::Changes& changes) {
  std::vector<store::Read> reads = LecturesSelonBudget(ligne, changes);
  const auto* known = changes.Find<v1::Ligne>(ligne.name());
  // A new demand takes nothing from its envelope.
  if (known == nullptr && MemesDecisions(ligne, v1::Ligne())) return reads;
  // Another envelope is another's to choose.
  if (known != nullptr && known->enveloppe() != ligne.enveloppe()) {
    reads.push_back(LectureTitulaire(known->financeur()));
    reads.push_back(LectureConflits(changes));
  }
  for (const v1::Ligne* one : {&ligne, known}) {
    std::vector<store::Read> more =
        one == nullptr ? std::vector<store::Read>() : LecturesEnveloppeDe(*one);
    reads.insert(reads.end(), more.begin(), more.end());
  }
  return reads;
}

std::vector<store::Read> LecturesEnveloppeDe(const v1::Ligne& ligne) {
  if (ligne.enveloppe().empty()) return {};
  return {store::Read::Of<v1::Enveloppe>(ligne.enveloppe())};
}

std::vector<store::Read> LecturesEnveloppe(const v1::Enveloppe& enveloppe) {
  if (enveloppe.parent().empty()) return {};
  const store::Table& lieux =
      absl::StartsWith(enveloppe.perimetre(), "contrats/") ? MiroirContrat() : MiroirDepartement();
  return {store::Read::Of<v1::Enveloppe>(enveloppe.parent()),
          {&lieux, "name", enveloppe.perimetre(), /*lock=*/false}};
}

// A dotation comes from outside for a root, from the parent for a child; what a register restates
// is a correction of it. Everything else is verbs.
absl::Status ReglesEnveloppe(const v1::Enveloppe* before, v1::Enveloppe& after,
                             store::Changes& changes) {
  const bool moves = before == nullptr ? after.dotation_centimes() != 0
                                       : after.dotation_centimes() != before->dotation_centimes();
  GrandLivre livre(changes);
  const v1::Enveloppe* parent = livre.Enveloppe(after.parent());
  if (before == nullptr && parent != nullptr) {
    absl::Status fits = VerifierParent(*parent, after, EnglobantsDe(after.perimetre(), changes));
    if (!fits.ok()) return fits;
  }
  if (!moves) return absl::OkStatus();
  if (before == nullptr && !FromImport(changes)) {
    absl::Status allowed = VerifierDotation(after, changes);
    if (!allowed.ok()) return allowed;
  }
  if (before != nullptr && !FromImport(changes))
    return status::Error(absl::StatusCode::kFailedPrecondition, "MONTANT_PAR_VERBE",
                         "La dotation ne se modifie pas : l'enveloppe s'abonde, se délègue, se "
                         "transfère ou se reporte.");
  absl::StatusOr<v1::Ecriture> ecriture = EcritureDotation(before, after, parent);
  if (!ecriture.ok()) return ecriture.status();
  Porter(*ecriture, after);
  absl::Status passed = livre.Passer({*std::move(ecriture)});
  if (!passed.ok()) return passed;
  livre.Oublier(after.name());  // the mechanism writes it
  return livre.Clore();
}

absl::Status ReglesLigne(const v1::Ligne* before, v1::Ligne& after, store::Changes& changes) {
  absl::Status valid = VerifierMontants(after);
  if (!valid.ok()) return valid;
  const auto* action =
      static_cast<const actions::v1::Action*>(changes.FindRow(MiroirAction(), after.action()));
  if (action != nullptr) CopyFacts(*action, after);
  if (FromImport(changes)) {
    valid = ReprendreImport(before, after);
  } else {
    valid = Saisir(before, after, changes);
  }
  if (valid.ok()) valid = ReglesEnveloppeDeLigne(before, after, changes);
  if (!valid.ok()) return valid;
  // An update that leaves both as they were has not read the envelope, and asks nothing of it.
  if (before != nullptr && before->enveloppe() == after.enveloppe() &&
      MemesMontants(*before, after) && MemeReserve(*before, after))
    return absl::OkStatus();
  if (before != nullptr && !before->enveloppe().empty() &&
      before->enveloppe() != after.enveloppe() && Engagee(*before))
    return status::Error(absl::StatusCode::kFailedPrecondition, "LIGNE_DECIDEE",
                         "Cette ligne a déjà pris sur son enveloppe : elle n'en change plus.")
        .With("enveloppe", before->enveloppe());
  GrandLivre livre(changes);
  absl::Status moved =
      livre.Mouvoir(before, after, FromImport(changes) ? Cause::kImport : Cause::kVerbe);
  if (moved.ok()) moved = livre.Clore();
  return moved.ok() ? RecalculerBudget(after, changes) : moved;
}

absl::Status ReglesFinanceur(const v1::Financeur* before, v1::Financeur& after,
                             store::Changes& changes) {
  if (after.name() == "financeurs/etat" && !after.utilise_la_suite())
    return status::Error(absl::StatusCode::kFailedPrecondition, "ETAT_HORS_SUITE",
                         "L'État utilise la suite : personne n'enregistre ses décisions pour lui.")
        .Build();
  if (before == nullptr) return absl::OkStatus();
  const rpc::Identity& caller = changes.call().identity;
  const bool same = before->utilise_la_suite() == after.utilise_la_suite() &&
                    before->impute_ses_votes() == after.impute_ses_votes() &&
                    before->categorie() == after.categorie() && before->siren() == after.siren();
  if (same || caller.HasRole("anct") || caller.HasRole("prefet")) return absl::OkStatus();
  return status::Error(absl::StatusCode::kPermissionDenied, "ROLE_INSUFFISANT",
                       "L'ANCT et les préfets disent qui est un financeur et qui enregistre ses "
                       "décisions.")
      .With("financeur", after.name());
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
