#include "services/contrats/api/contrats_api.h"

#include <memory>

#include "pdv/contrats/v1/contrats.pb.h"
#include "services/contrats/app/clore_contrat.h"
#include "services/contrats/app/mettre_en_vigueur_contrat.h"
#include "services/contrats/app/regles_contrat.h"
#include "services/contrats/app/regles_referentiel.h"
#include "services/contrats/app/signer_avenant.h"
#include "services/contrats/app/signer_contrat.h"
#include "services/contrats/store/contraintes.h"
#include "services/contrats/store/contrats_at.h"
#include "services/contrats/store/quartiers.h"

namespace pdv::contrats {

void Declare(service::Api& api) {
  DeclarerContraintes();
  api.Resource<v1::Region>(Regles<v1::Region>);
  api.Resource<v1::Departement>(Regles<v1::Departement>);
  api.Resource<v1::Commune>(Regles<v1::Commune>);
  api.Resource<v1::Epci>(Regles<v1::Epci>);
  api.Resource<v1::Appartenance>(Regles<v1::Appartenance>);
  api.Resource<v1::Qpv>(ReglesQpv);
  api.Resource<v1::Contour>(ReglesContour);
  api.Resource<v1::Passage>(ReglesPassage, LecturesPassage);
  api.Resource<v1::Nomenclature>(Regles<v1::Nomenclature>);
  api.Resource<v1::Thematique>(ReglesThematique);
  api.Resource<v1::Correspondance>(Regles<v1::Correspondance>);
  api.Resource<v1::Dispositif>();
  api.Resource<v1::Contrat>(ReglesContrat, LecturesContrat);
  api.Resource<v1::RevisionContrat>();
  api.Resource<v1::Avenant>(ReglesAvenant);
  api.Resource<v1::Labellisation>(Regles<v1::Labellisation>);
  api.Resource<v1::Instance>(ReglesInstance);

  api.Mutation<v1::SignerContratRequest>("SignerContrat", SignerContrat);
  api.Mutation<v1::MettreEnVigueurContratRequest>("MettreEnVigueurContrat", MettreEnVigueurContrat);
  api.Mutation<v1::CloreContratRequest>("CloreContrat", CloreContrat);
  api.Mutation<v1::SignerAvenantRequest>("SignerAvenant", SignerAvenant);

  auto quartiers = std::make_shared<Quartiers>();
  api.Query<v1::QuartierAtRequest, v1::QuartierAtResponse>(
      "QuartierAt", [quartiers](pg::Session& session, const v1::QuartierAtRequest& request) {
        return quartiers->At(session, request);
      });

  api.Query<v1::ContratsAtRequest, v1::ContratsAtResponse>("ContratsAt", ContratsAt);

  api.Watch("WatchContrats", "ListEvenements");
}

}  // namespace pdv::contrats
