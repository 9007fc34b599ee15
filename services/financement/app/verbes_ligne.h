#ifndef PDV_SERVICES_FINANCEMENT_APP_VERBES_LIGNE_H_
#define PDV_SERVICES_FINANCEMENT_APP_VERBES_LIGNE_H_

#include <utility>
#include <vector>

#include "common/store/changes.h"
#include "pdv/financement/v1/ligne.pb.h"
#include "pdv/financement/v1/transitions.pb.h"
#include "services/financement/app/budgets.h"
#include "services/financement/app/decision.h"
#include "services/financement/app/grand_livre.h"

namespace pdv::financement {

// What each verb does to its line, which was read with Lectures: alone (decider_ligne.h) or among
// others (lots_lignes.cc). A refusal leaves `changes` and `livre` as they were; the caller closes
// `livre`.
absl::StatusOr<v1::Ligne> Agir(const v1::PrendreEnChargeLigneRequest& request,
                               store::Changes& changes, GrandLivre& livre);
absl::StatusOr<v1::Ligne> Agir(const v1::DeclarerRecevableLigneRequest& request,
                               store::Changes& changes, GrandLivre& livre);
absl::StatusOr<v1::Ligne> Agir(const v1::DeclarerIrrecevableLigneRequest& request,
                               store::Changes& changes, GrandLivre& livre);
absl::StatusOr<v1::Ligne> Agir(const v1::ConstaterSansReponseLigneRequest& request,
                               store::Changes& changes, GrandLivre& livre);
absl::StatusOr<v1::Ligne> Agir(const v1::ProposerLigneRequest& request, store::Changes& changes,
                               GrandLivre& livre);
absl::StatusOr<v1::Ligne> Agir(const v1::VoterLigneRequest& request, store::Changes& changes,
                               GrandLivre& livre);
absl::StatusOr<v1::Ligne> Agir(const v1::RefuserLigneRequest& request, store::Changes& changes,
                               GrandLivre& livre);
absl::StatusOr<v1::Ligne> Agir(const v1::NotifierLigneRequest& request, store::Changes& changes,
                               GrandLivre& livre);
absl::StatusOr<v1::Ligne> Agir(const v1::EngagerLigneRequest& request, store::Changes& changes,
                               GrandLivre& livre);
absl::StatusOr<v1::Ligne> Agir(const v1::VerserLigneRequest& request, store::Changes& changes,
                               GrandLivre& livre);

// What a verb must see once its line is known: Suites, the envelope that a proposal or a vote
// names, and the budget of the action where that envelope is not the line's already.
template <class Request>
std::vector<store::Read> Lectures(const Request& request, const store::Changes& changes) {
  std::vector<store::Read> reads = Suites(request.name(), changes);
  if constexpr (requires { request.enveloppe(); }) {
    const auto* ligne = changes.Find<v1::Ligne>(request.name());
    if (!request.enveloppe().empty())
      reads.push_back(store::Read::Of<v1::Enveloppe>(request.enveloppe()));
    if (!request.enveloppe().empty() && ligne != nullptr &&
        ligne->enveloppe() != request.enveloppe()) {
      store::Read budget = store::Read::Of<v1::Budget>(BudgetDe(ligne->action()));
      budget.lock = false;
      reads.push_back(std::move(budget));
    }
  }
  return reads;
}

}  // namespace pdv::financement

#endif  // PDV_SERVICES_FINANCEMENT_APP_VERBES_LIGNE_H_
