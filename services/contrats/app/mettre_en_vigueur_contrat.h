#ifndef PDV_SERVICES_CONTRATS_APP_METTRE_EN_VIGUEUR_CONTRAT_H_
#define PDV_SERVICES_CONTRATS_APP_METTRE_EN_VIGUEUR_CONTRAT_H_

#include "common/store/mutation.h"
#include "pdv/contrats/v1/contrat.pb.h"

namespace pdv::contrats {

// SIGNE → EN_VIGUEUR, on its first day at the earliest.
store::Mutation MettreEnVigueurContrat(const v1::MettreEnVigueurContratRequest& request);

}  // namespace pdv::contrats

#endif  // PDV_SERVICES_CONTRATS_APP_METTRE_EN_VIGUEUR_CONTRAT_H_
