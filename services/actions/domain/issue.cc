#include "services/actions/domain/issue.h"

namespace pdv::actions {
namespace {

namespace v1f = financement::v1;

enum class Decision { kAucune, kVotee, kRefusee };

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
    default:
      return Decision::kAucune;
  }
}

}  // namespace

std::optional<Verbe> Issue(const std::vector<v1f::EtatLigne>& lignes) {
  bool voted = false;
  for (v1f::EtatLigne etat : lignes) {
    const Decision decision = DecisionDe(etat);
    if (decision == Decision::kAucune) return std::nullopt;
    voted = voted || decision == Decision::kVotee;
  }
  if (lignes.empty()) return std::nullopt;
  return voted ? Verbe::kProgrammer : Verbe::kRefuser;
}

}  // namespace pdv::actions
