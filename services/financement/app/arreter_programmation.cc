#include "services/financement/app/arreter_programmation.h"

#include "common/status/error.h"
#include "services/financement/domain/habilitations.h"

namespace pdv::financement {

store::Mutation ArreterProgrammation(const v1::ArreterProgrammationRequest& request) {
  return store::Decide<v1::Programmation>(
      {store::Read::Of<v1::Programmation>(request.name())},
      [request](store::Changes& changes) -> absl::StatusOr<v1::Programmation> {
        absl::StatusOr<v1::Programmation> programmation =
            changes.Get<v1::Programmation>(request.name());
        if (!programmation.ok()) return programmation;
        const rpc::Identity& caller = changes.call().identity;
        absl::Status allowed = HabiliterArret(
            caller.organisation, [&](std::string_view role) { return caller.HasRole(role); });
        if (allowed.ok()) allowed = store::CheckEtag(*programmation, request.etag());
        if (!allowed.ok()) return allowed;
        if (programmation->etat() != v1::ETAT_PROGRAMMATION_EN_PREPARATION)
          return status::Error(absl::StatusCode::kFailedPrecondition, "TRANSITION_INTERDITE",
                               "Cette programmation est déjà arrêtée.")
              .Build();
        programmation->set_etat(v1::ETAT_PROGRAMMATION_ARRETEE);
        *programmation->mutable_arretee_le() = request.date();
        return changes.Update(*std::move(programmation));
      });
}

}  // namespace pdv::financement
