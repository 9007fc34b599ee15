#include "services/financement/store/miroirs.h"

#include "pdv/actions/v1/action.pb.h"
#include "pdv/actions/v1/conflit.pb.h"
#include "pdv/actions/v1/porteur.pb.h"
#include "pdv/contrats/v1/contrat.pb.h"
#include "pdv/contrats/v1/territoire.pb.h"

namespace pdv::financement {

const store::Table& MiroirAction() {
  static const store::Table table(
      actions::v1::Action::descriptor(), "miroir_action",
      {"name", "etag", "delete_time", "intitule", "porteur", "contrat", "departement", "region",
       "exercice", "thematique", "dispositif", "quartiers", "etat", "depot_time"});
  return table;
}

const store::Table& MiroirActionEtat() {
  static const store::Table table(actions::v1::Action::descriptor(), "miroir_action_etat",
                                  {"name", "etag", "delete_time", "etat"});
  return table;
}

const store::Table& MiroirPorteur() {
  static const store::Table table(
      actions::v1::Porteur::descriptor(), "miroir_porteur",
      {"name", "etag", "delete_time", "raison_sociale", "siret", "rna"});
  return table;
}

const store::Table& MiroirConflit() {
  static const store::Table table(actions::v1::ConflitInterets::descriptor(), "miroir_conflit",
                                  {"name", "etag", "action", "personne"});
  return table;
}

const store::Table& MiroirContrat() {
  static const store::Table table(contrats::v1::Contrat::descriptor(), "miroir_contrat",
                                  {"name", "etag", "etat", "departements", "regions"});
  return table;
}

const store::Table& MiroirDepartement() {
  static const store::Table table(contrats::v1::Departement::descriptor(), "miroir_departement",
                                  {"name", "etag", "region"});
  return table;
}

}  // namespace pdv::financement
