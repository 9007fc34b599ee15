#include "services/contrats/app/clore_contrat.h"

#include "services/contrats/app/faire_avancer.h"

namespace pdv::contrats {

store::Mutation CloreContrat(const v1::CloreContratRequest& request) {
  return FaireAvancer(request.name(), request.etag(), Verbe::kClore);
}

}  // namespace pdv::contrats
