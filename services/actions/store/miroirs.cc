#include "services/actions/store/miroirs.h"

#include "pdv/contrats/v1/contrat.pb.h"
#include "pdv/contrats/v1/nomenclature.pb.h"
#include "pdv/contrats/v1/qpv.pb.h"
#include "pdv/financement/v1/budget.pb.h"
#include "pdv/financement/v1/financeur.pb.h"
#include "pdv/financement/v1/ligne.pb.h"

namespace pdv::actions {

namespace v1c = contrats::v1;

const store::Table& MiroirContrat() {
  static const store::Table table(
      v1c::Contrat::descriptor(), "miroir_contrat",
      {"name", "etag", "delete_time", "code", "libelle", "etat", "departements", "regions",
       "date_debut", "date_fin", "nomenclature", "territoires"});
  return table;
}

const store::Table& MiroirQpv() {
  static const store::Table table(
      v1c::Qpv::descriptor(), "miroir_qpv",
      {"name", "etag", "code", "departement", "region", "valide_du", "valide_au"});
  return table;
}

const store::Table& MiroirThematique() {
  static const store::Table table(v1c::Thematique::descriptor(), "miroir_thematique",
                                  {"name", "etag", "parent", "pilier"});
  return table;
}

const store::Table& MiroirDispositif() {
  static const store::Table table(v1c::Dispositif::descriptor(), "miroir_dispositif",
                                  {"name", "etag", "delete_time", "libelle"});
  return table;
}

const store::Table& MiroirCorrespondance() {
  static const store::Table table(v1c::Correspondance::descriptor(), "miroir_correspondance",
                                  {"name", "etag", "source", "cible"});
  return table;
}

const store::Table& MiroirFinanceur() {
  static const store::Table table(financement::v1::Financeur::descriptor(), "miroir_financeur",
                                  {"name", "etag", "libelle"});
  return table;
}

const store::Table& MiroirLigne() {
  static const store::Table table(financement::v1::Ligne::descriptor(), "miroir_ligne",
                                  {"name", "etag", "action", "financeur", "etat"});
  return table;
}

const store::Table& MiroirBudget() {
  static const store::Table table(
      financement::v1::Budget::descriptor(), "miroir_budget",
      {"name", "etag", "action", "equilibre", "part_subventions_points",
       "part_aides_publiques_points", "part_ressources_propres_points"});
  return table;
}

}  // namespace pdv::actions
