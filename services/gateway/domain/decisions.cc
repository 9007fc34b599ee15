#include "services/gateway/domain/decisions.h"

namespace pdv::gateway {

namespace av1 = actions::v1;
namespace fv1 = financement::v1;

bool Votee(fv1::EtatLigne etat) {
  switch (etat) {
    case fv1::ETAT_LIGNE_VOTEE:
    case fv1::ETAT_LIGNE_NOTIFIEE:
    case fv1::ETAT_LIGNE_ENGAGEE:
    case fv1::ETAT_LIGNE_VERSEE:
    case fv1::ETAT_LIGNE_JUSTIFIEE:
    case fv1::ETAT_LIGNE_SOLDEE:
    case fv1::ETAT_LIGNE_A_REVERSER:
    case fv1::ETAT_LIGNE_REVERSEE:
      return true;
    default:
      return false;
  }
}

av1::EtatAction DecisionDansLaSuite(const av1::Action& action) {
  return action.etat() == action.etat_importe() ? av1::ETAT_ACTION_UNSPECIFIED : action.etat();
}

const char* Contradiction(av1::EtatAction decision, bool votee) {
  switch (decision) {
    case av1::ETAT_ACTION_PROGRAMMEE:
      return votee ? nullptr : "Elle est programmée, et aucun financeur n'a voté.";
    case av1::ETAT_ACTION_REFUSEE:
      return votee ? "Elle est refusée, et un financeur au moins a voté." : nullptr;
    case av1::ETAT_ACTION_IRRECEVABLE:
      return votee ? "Elle est irrecevable, et un financeur au moins a voté." : nullptr;
    case av1::ETAT_ACTION_ABANDONNEE:
      return votee ? "Elle est abandonnée, et un financeur au moins a voté." : nullptr;
    default:
      return nullptr;
  }
}

}  // namespace pdv::gateway
