#include "services/financement/app/decider_ligne.h"

#include "services/financement/app/decision.h"
#include "services/financement/app/verbes_ligne.h"

namespace pdv::financement {
namespace {

// One verb, in a transaction of its own.
template <class Request>
store::Mutation Seul(const Request& request) {
  return store::DecideFollowing<v1::Ligne>(
      {store::Read::Of<v1::Ligne>(request.name())},
      [request](const store::Changes& changes) { return Lectures(request, changes); },
      [request](store::Changes& changes) -> absl::StatusOr<v1::Ligne> {
        GrandLivre livre(changes);
        absl::StatusOr<v1::Ligne> decided = Agir(request, changes, livre);
        if (!decided.ok()) return decided;
        absl::Status closed = livre.Clore();
        if (!closed.ok()) return closed;
        return decided;
      });
}

}  // namespace

store::Mutation PrendreEnChargeLigne(const v1::PrendreEnChargeLigneRequest& request) {
  return Seul(request);
}
store::Mutation DeclarerRecevableLigne(const v1::DeclarerRecevableLigneRequest& request) {
  return Seul(request);
}
store::Mutation DeclarerIrrecevableLigne(const v1::DeclarerIrrecevableLigneRequest& request) {
  return Seul(request);
}
store::Mutation ConstaterSansReponseLigne(const v1::ConstaterSansReponseLigneRequest& request) {
  return Seul(request);
}
store::Mutation ProposerLigne(const v1::ProposerLigneRequest& request) { return Seul(request); }
store::Mutation VoterLigne(const v1::VoterLigneRequest& request) { return Seul(request); }
store::Mutation NotifierLigne(const v1::NotifierLigneRequest& request) { return Seul(request); }
store::Mutation RefuserLigne(const v1::RefuserLigneRequest& request) { return Seul(request); }
store::Mutation EngagerLigne(const v1::EngagerLigneRequest& request) { return Seul(request); }
store::Mutation VerserLigne(const v1::VerserLigneRequest& request) { return Seul(request); }

}  // namespace pdv::financement
