#include "services/contrats/app/mettre_en_vigueur_contrat.h"

#include "services/contrats/app/faire_avancer.h"

namespace pdv::contrats {

store::Mutation MettreEnVigueurContrat(const v1::MettreEnVigueurContratRequest& request) {
  return FaireAvancer(request.name(), request.etag(), Verbe::kMettreEnVigueur);
}

}  // namespace pdv::contrats
