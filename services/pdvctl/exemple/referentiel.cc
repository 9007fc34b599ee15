#include "services/pdvctl/exemple/referentiel.h"

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "pdv/actions/v1/actions.pb.h"
#include "pdv/contrats/v1/contrats.pb.h"
#include "pdv/financement/v1/financement.pb.h"
#include "services/pdvctl/exemple/monde.h"

namespace pdv::pdvctl::exemple {
namespace {

using Liste = std::vector<std::shared_ptr<google::protobuf::Message>>;

template <class T>
std::shared_ptr<T> Nouveau(Liste& liste, const std::string& name) {
  auto one = std::make_shared<T>();
  one->set_name(name);
  liste.push_back(one);
  return one;
}

class Territoire {
 public:
  Territoire() {
    auto region = Nouveau<contrats::v1::Region>(regions, "regions/76");
    region->set_code("76");
    region->set_libelle("Occitanie");
    auto departement = Nouveau<contrats::v1::Departement>(departements, "departements/34");
    departement->set_code("34");
    departement->set_libelle("Hérault");
    departement->set_region("regions/76");
    for (const ContratExemple& one : kContrats) Contrat(one);
  }

  Liste regions, departements, epci, qpv, contrats, labels;

 private:
  void Contrat(const ContratExemple& one) {
    auto holder = Nouveau<contrats::v1::Epci>(epci, NomEpci(one));
    holder->set_siren(one.siren);
    holder->set_libelle(one.libelle);
    holder->set_departement("departements/34");
    auto contrat = Nouveau<contrats::v1::Contrat>(contrats, NomContrat(one));
    contrat->set_code(one.code);
    contrat->set_libelle(one.libelle);
    contrat->set_generation("2015-2023");
    contrat->set_nomenclature("nomenclatures/piliers-2015-2023");
    contrat->add_departements("departements/34");
    *contrat->mutable_date_debut() = Le(2015, 1, 1);
    *contrat->mutable_date_fin() = Le(2023, 12, 31);
    Placer(holder->name(), contrats::v1::ROLE_TERRITOIRE_PORTEUR, *contrat);
    for (int i = 0; i < one.quartiers; ++i)
      Placer(Quartier(), contrats::v1::ROLE_TERRITOIRE_QUARTIER, *contrat);
    auto label = Nouveau<contrats::v1::Labellisation>(
        labels, absl::StrCat(contrat->name(), "/labellisations/pre"));
    label->set_dispositif("dispositifs/pre");
    label->set_libelle(absl::StrCat("Projet de réussite éducative, ", one.libelle));
    *label->mutable_valide_du() = Le(2015, 1, 1);
  }

  static void Placer(const std::string& territoire, contrats::v1::RoleTerritoire role,
                     contrats::v1::Contrat& contrat) {
    auto* place = contrat.add_territoires();
    place->set_territoire(territoire);
    place->set_role(role);
    *place->mutable_valide_du() = Le(2015, 1, 1);
  }

  std::string Quartier() {
    const std::string code = absl::StrFormat("QP034%03d", ++quartier_);
    auto one = Nouveau<contrats::v1::Qpv>(qpv, absl::StrCat("qpv/", absl::AsciiStrToLower(code)));
    one->set_code(code);
    one->set_libelle(absl::StrCat("Quartier d'exemple ", quartier_));
    one->set_departement("departements/34");
    one->set_region("regions/76");
    *one->mutable_valide_du() = Le(2015, 1, 1);
    *one->mutable_valide_au() = Le(2024, 1, 1);
    return one->name();
  }

  int quartier_ = 0;
};

void Porteur(int64_t rang, const std::string& nom, actions::v1::FormePorteur forme, Liste& liste) {
  auto porteur = Nouveau<actions::v1::Porteur>(liste, NomPorteur(rang));
  porteur->set_raison_sociale(nom);
  porteur->set_identification(actions::v1::IDENTIFICATION_PORTEUR_SIRET);
  porteur->set_siret(SiretInvente(rang));
  porteur->set_forme(forme);
  porteur->set_departement("departements/34");
}

Liste Porteurs() {
  Liste liste;
  for (int i = 0; i < kAssociations; ++i)
    Porteur(i, absl::StrCat("Association d'exemple n° ", i + 1),
            actions::v1::FORME_PORTEUR_ASSOCIATION, liste);
  for (const ContratExemple& one : kContrats) {
    Porteur(EquipeProjet(one), absl::StrCat("Équipe projet du contrat ", one.code, " (exemple)"),
            actions::v1::FORME_PORTEUR_COLLECTIVITE, liste);
    Porteur(ReussiteEducative(one),
            absl::StrCat("Caisse des écoles du contrat ", one.code, " (exemple)"),
            actions::v1::FORME_PORTEUR_ETABLISSEMENT_PUBLIC, liste);
  }
  return liste;
}

void Financeur(int rang, const ContratExemple& contrat, const std::string& libelle,
               financement::v1::CategorieFinanceur categorie, Liste& liste) {
  auto one = Nouveau<financement::v1::Financeur>(liste, NomFinanceur(rang, contrat));
  one->set_libelle(libelle);
  one->set_categorie(categorie);
  one->set_utilise_la_suite(UtiliseLaSuite(rang));
}

Liste Financeurs() {
  using namespace financement::v1;  // NOLINT: the categories
  Liste liste;
  const ContratExemple& any = kContrats[0];
  Financeur(kRegion, any, "Région Occitanie", CATEGORIE_FINANCEUR_REGION, liste);
  Financeur(kDepartement, any, "Département de l'Hérault", CATEGORIE_FINANCEUR_DEPARTEMENT, liste);
  Financeur(kCaf, any, "CAF de l'Hérault", CATEGORIE_FINANCEUR_CAF, liste);
  for (const ContratExemple& one : kContrats) {
    Financeur(kEpci, one, one.libelle, CATEGORIE_FINANCEUR_EPCI, liste);
    Financeur(kCommunes, one, absl::StrCat("Communes du contrat ", one.code),
              CATEGORIE_FINANCEUR_COMMUNE, liste);
  }
  return liste;
}

}  // namespace

std::vector<Etape> Referentiel() {
  Territoire lieu;
  return {{"contrats", "ImporterRegions", lieu.regions},
          {"contrats", "ImporterDepartements", lieu.departements},
          {"contrats", "ImporterEpcis", lieu.epci},
          {"contrats", "ImporterQpvs", lieu.qpv},
          {"contrats", "ImporterContrats", lieu.contrats},
          {"contrats", "ImporterLabellisations", lieu.labels},
          {"actions", "ImporterPorteurs", Porteurs()},
          {"financement", "ImporterFinanceurs", Financeurs()}};
}

}  // namespace pdv::pdvctl::exemple
