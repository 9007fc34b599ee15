#include "services/contrats/app/faire_avancer.h"

#include <utility>

#include "services/contrats/app/changement.h"

namespace pdv::contrats {

store::Mutation FaireAvancer(const std::string& name, const std::string& etag, Verbe verb) {
  return store::Decide<v1::Contrat>(
      {store::Read::Of<v1::Contrat>(name)},
      [name, etag, verb](store::Changes& changes) -> absl::StatusOr<v1::Contrat> {
        absl::StatusOr<v1::Contrat> contrat = PourAgir<v1::Contrat>(changes, name, etag);
        if (!contrat.ok()) return contrat;
        absl::StatusOr<v1::EtatContrat> etat = Transition(contrat->etat(), verb);
        if (!etat.ok()) return etat.status();
        absl::Status in_time = VerifierCalendrier(*contrat, verb, Aujourdhui(changes));
        if (!in_time.ok()) return in_time;
        contrat->set_etat(*etat);
        return changes.Update(*std::move(contrat));
      });
}

}  // namespace pdv::contrats
