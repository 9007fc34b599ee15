#include "services/actions/domain/issue.h"

#include <set>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/status/error.h"
#include "services/actions/domain/attestation.h"

namespace pdv::actions {
namespace {

namespace v1f = financement::v1;

// kSansObjet: nothing is asked any more, nothing will be decided.
enum class Decision { kAucune, kVotee, kRefusee, kSansObjet };

Decision DecisionDe(v1f::EtatLigne etat) {
  switch (etat) {
    case v1f::ETAT_LIGNE_VOTEE:
    case v1f::ETAT_LIGNE_NOTIFIEE:
    case v1f::ETAT_LIGNE_ENGAGEE:
    case v1f::ETAT_LIGNE_VERSEE:
    case v1f::ETAT_LIGNE_JUSTIFIEE:
    case v1f::ETAT_LIGNE_SOLDEE:
    case v1f::ETAT_LIGNE_A_REVERSER:
    case v1f::ETAT_LIGNE_REVERSEE:
      return Decision::kVotee;
    case v1f::ETAT_LIGNE_IRRECEVABLE:
    case v1f::ETAT_LIGNE_REFUSEE:
      return Decision::kRefusee;
    case v1f::ETAT_LIGNE_RETIREE:
      return Decision::kSansObjet;
    default:
      return Decision::kAucune;
  }
}

}  // namespace

std::optional<Verbe> Issue(const std::vector<v1f::EtatLigne>& lignes) {
  bool voted = false, refused = false;
  for (v1f::EtatLigne etat : lignes) {
    const Decision decision = DecisionDe(etat);
    if (decision == Decision::kAucune) return std::nullopt;
    voted = voted || decision == Decision::kVotee;
    refused = refused || decision == Decision::kRefusee;
  }
  if (voted) return Verbe::kProgrammer;
  return refused ? std::optional(Verbe::kRefuser) : std::nullopt;
}

bool Votee(v1f::EtatLigne etat) { return DecisionDe(etat) == Decision::kVotee; }

bool Tranche(Verbe verbe) {
  return verbe == Verbe::kProgrammer || verbe == Verbe::kRefuser ||
         verbe == Verbe::kDeclarerIrrecevable || verbe == Verbe::kAbandonner;
}

absl::Status VerifierDecision(Verbe verbe, const std::vector<LigneSuivie>& lignes) {
  if (!Tranche(verbe)) return absl::OkStatus();
  std::vector<std::string> names;
  std::set<std::string> financeurs;
  for (const LigneSuivie& ligne : lignes) {
    if (!Votee(ligne.etat)) continue;
    names.push_back(ligne.name);
    financeurs.insert(ligne.financeur);
  }
  if (verbe == Verbe::kProgrammer) {
    if (!names.empty()) return absl::OkStatus();
    return status::Error(absl::StatusCode::kFailedPrecondition, "VOTE_ABSENT",
                         "Aucun financeur n'a voté sur cette action : elle ne peut pas être "
                         "programmée.")
        .Build();
  }
  if (names.empty()) return absl::OkStatus();
  return status::Error(absl::StatusCode::kFailedPrecondition, "LIGNE_VOTEE",
                       absl::StrCat("Une action sur laquelle un financeur a voté ne peut pas ",
                                    std::string(ActeDe(verbe).en_clair), " (",
                                    absl::StrJoin(financeurs, ", "), ")."))
      .With("lignes", absl::StrJoin(names, ","));
}

std::optional<Consequence> ConsequenceDe(const v1::Action& action,
                                         const std::vector<v1f::EtatLigne>& lignes,
                                         const std::optional<std::string>& budget_etag) {
  const absl::StatusOr<EtatAction> changed = Transition(action, Verbe::kModifier);
  if (budget_etag.has_value() && BudgetChange(action, *budget_etag) && changed.ok() &&
      *changed != action.etat())
    return Consequence{Verbe::kModifier,
                       "Le budget a changé : le dossier demande une nouvelle attestation."};
  const std::optional<Verbe> issue = Issue(lignes);
  if (action.etat() != v1::ETAT_ACTION_EN_INSTRUCTION || !issue.has_value()) return std::nullopt;
  return Consequence{*issue, *issue == Verbe::kProgrammer
                                 ? "Tous les financeurs ont décidé, et l'un au moins a voté."
                                 : "Tous les financeurs ont décidé, et aucun n'a voté."};
}

}  // namespace pdv::actions
