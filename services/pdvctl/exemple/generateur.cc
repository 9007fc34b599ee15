#include "services/pdvctl/exemple/generateur.h"

#include <random>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "common/types/centimes.h"
#include "pdv/contrats/v1/contrats.pb.h"

namespace pdv::pdvctl {
namespace {

using google::protobuf::Message;

struct ContratExemple {
  const char* code;
  const char* libelle;
  const char* siren;
  int actions_par_an;
  int part_etat;  // percent of the votes
  int quartiers;
};

// Sizes follow the residents of their quartiers; the gap of the État differs from one to the next.
constexpr ContratExemple kContrats[] = {
    {"CV108", "CA Hérault-Méditerranée", "243400819", 45, 42, 1},
    {"CV109", "CC Avène, Bédarieux, Lamalou, Taussac, Le Bousquet d'Orb", "200042646", 30, 36, 1},
    {"CV110", "CA de Béziers-Méditerranée", "243400769", 140, 52, 3},
    {"CV111", "CA du Bassin de Thau", "243400827", 75, 38, 2},
    {"CV112", "Montpellier Méditerranée Métropole", "243400017", 210, 33, 4},
    {"CV113", "CC Lodévois et Larzac", "200017341", 40, 57, 1},
    {"CV114", "CC du Pays de Lunel", "243400520", 60, 46, 1},
};

struct Theme {
  const char* id;
  const char* dispositif;
  const char* intitule;
  int poids;      // per thousand of the actions
  int millier;    // mean cost, thousands of euros
};

constexpr Theme kThemes[] = {
    {"education", "clas", "Accompagnement à la scolarité", 150, 16},
    {"education", "", "Ouverture culturelle des collégiens", 58, 13},
    {"sante", "", "Médiation santé", 70, 18},
    {"parentalite", "", "Lieu d'accueil parents-enfants", 80, 15},
    {"culture", "", "Atelier d'expression artistique", 60, 12},
    {"fracture-numerique", "", "Accompagnement au numérique", 50, 12},
    {"jeunesse", "vvv", "Chantier éducatif de jeunes", 70, 14},
    {"ateliers-sociolinguistiques", "asl", "Atelier sociolinguistique", 80, 15},
    {"mediation", "adultes-relais", "Médiation sociale", 60, 19},
    {"sport-loisirs", "", "Sport au pied des immeubles", 60, 11},
    {"acces-services-publics", "", "Point d'accès aux droits", 50, 14},
    {"vacances-apprenantes", "vacances-apprenantes", "Vacances apprenantes", 40, 12},
    {"gestion-urbaine", "", "Gestion urbaine de proximité", 25, 11},
    {"insertion-emploi", "reperage-des-invisibles", "Repérage des invisibles", 75, 17},
    {"creation-activite", "", "Appui à la création d'activité", 38, 17},
    {"pilotage", "equipe-projet", "Équipe projet du contrat de ville", 22, 30},
    {"conseils-citoyens", "conseil-citoyen", "Animation du conseil citoyen", 12, 10},
};

constexpr int kPorteurs = 160;
constexpr int kPremier = 2020, kDernier = 2023;

google::type::Date Le(int year, int month, int day) {
  google::type::Date date;
  date.set_year(year);
  date.set_month(month);
  date.set_day(day);
  return date;
}

// The digit that makes Luhn hold when it is appended.
int Cle(const std::string& digits) {
  int sum = 0;
  for (size_t i = 0; i < digits.size(); ++i) {
    int digit = digits[digits.size() - 1 - i] - '0';
    if (i % 2 == 0) digit = digit * 2 > 9 ? digit * 2 - 9 : digit * 2;
    sum += digit;
  }
  return (10 - sum % 10) % 10;
}

std::string Bas(const char* code) { return absl::AsciiStrToLower(code); }

// A deterministic draw: std::mt19937_64 gives the same sequence everywhere, distributions do not.
class Tirage {
 public:
  explicit Tirage(uint64_t seed) : random_(seed) {}
  int64_t Entre(int64_t low, int64_t high) {
    return low + static_cast<int64_t>(random_() % static_cast<uint64_t>(high - low + 1));
  }

 private:
  std::mt19937_64 random_;
};

class Exemple {
 public:
  std::vector<Etape> Generer() {
    Territoire();
    Acteurs();
    for (const ContratExemple& contrat : kContrats) {
      for (int year = kPremier; year <= kDernier; ++year) Campagne(contrat, year);
    }
    Enveloppes();
    return {{"contrats", "ImporterRegions", regions_},
            {"contrats", "ImporterDepartements", departements_},
            {"contrats", "ImporterEpcis", epci_},
            {"contrats", "ImporterQpvs", qpv_},
            {"contrats", "ImporterContrats", contrats_},
            {"contrats", "ImporterLabellisations", labels_},
            {"actions", "ImporterPorteurs", porteurs_},
            {"actions", "ImporterActions", actions_},
            {"financement", "ImporterFinanceurs", financeurs_},
            {"financement", "ImporterEnveloppes", enveloppes_},
            {"financement", "ImporterLignes", lignes_}};
  }

 private:
  using Liste = std::vector<std::shared_ptr<Message>>;

  template <class T>
  static std::shared_ptr<T> Nouveau(Liste& list, const std::string& name) {
    auto one = std::make_shared<T>();
    one->set_name(name);
    list.push_back(one);
    return one;
  }

  void Territoire() {
    auto region = Nouveau<contrats::v1::Region>(regions_, "regions/76");
    region->set_code("76");
    region->set_libelle("Occitanie");
    auto departement = Nouveau<contrats::v1::Departement>(departements_, "departements/34");
    departement->set_code("34");
    departement->set_libelle("Hérault");
    departement->set_region("regions/76");
    int rank = 0;
    for (const ContratExemple& one : kContrats) {
      auto epci = Nouveau<contrats::v1::Epci>(epci_, absl::StrCat("epci/", one.siren));
      epci->set_siren(one.siren);
      epci->set_libelle(one.libelle);
      epci->set_departement("departements/34");
      auto contrat =
          Nouveau<contrats::v1::Contrat>(contrats_, absl::StrCat("contrats/", Bas(one.code)));
      contrat->set_code(one.code);
      contrat->set_libelle(one.libelle);
      contrat->set_generation("2015-2023");
      contrat->set_nomenclature("nomenclatures/piliers-2015-2023");
      contrat->add_departements("departements/34");
      *contrat->mutable_date_debut() = Le(2015, 1, 1);
      *contrat->mutable_date_fin() = Le(2023, 12, 31);
      auto* holder = contrat->add_territoires();
      holder->set_territoire(epci->name());
      holder->set_role(contrats::v1::ROLE_TERRITOIRE_PORTEUR);
      *holder->mutable_valide_du() = Le(2015, 1, 1);
      for (int i = 1; i <= one.quartiers; ++i) {
        const std::string code = absl::StrFormat("QP034%03d", ++rank);
        auto qpv = Nouveau<contrats::v1::Qpv>(qpv_, absl::StrCat("qpv/", Bas(code.c_str())));
        qpv->set_code(code);
        qpv->set_libelle(absl::StrCat("Quartier d'exemple ", rank));
        qpv->set_departement("departements/34");
        qpv->set_region("regions/76");
        *qpv->mutable_valide_du() = Le(2015, 1, 1);
        *qpv->mutable_valide_au() = Le(2024, 1, 1);
        auto* territory = contrat->add_territoires();
        territory->set_territoire(qpv->name());
        territory->set_role(contrats::v1::ROLE_TERRITOIRE_QUARTIER);
        *territory->mutable_valide_du() = Le(2015, 1, 1);
      }
      auto label = Nouveau<contrats::v1::Labellisation>(
          labels_, absl::StrCat(contrat->name(), "/labellisations/pre"));
      label->set_dispositif("dispositifs/pre");
      label->set_libelle(absl::StrCat("Projet de réussite éducative, ", one.libelle));
      *label->mutable_valide_du() = Le(2015, 1, 1);
    }
  }

  void Financeur(const std::string& id, const std::string& label,
                 financement::v1::CategorieFinanceur category) {
    auto one =
        Nouveau<financement::v1::Financeur>(financeurs_, absl::StrCat("financeurs/", id));
    one->set_libelle(label);
    one->set_categorie(category);
    one->set_utilise_la_suite(id == "etat");
  }

  void Acteurs() {
    Financeur("region-76", "Région Occitanie", financement::v1::CATEGORIE_FINANCEUR_REGION);
    Financeur("departement-34", "Département de l'Hérault",
              financement::v1::CATEGORIE_FINANCEUR_DEPARTEMENT);
    Financeur("caf-34", "CAF de l'Hérault", financement::v1::CATEGORIE_FINANCEUR_CAF);
    for (const ContratExemple& one : kContrats) {
      Financeur(absl::StrCat("epci-", Bas(one.code)), one.libelle,
                financement::v1::CATEGORIE_FINANCEUR_EPCI);
      Financeur(absl::StrCat("communes-", Bas(one.code)),
                absl::StrCat("Communes du contrat ", one.code),
                financement::v1::CATEGORIE_FINANCEUR_COMMUNE);
    }
    for (int i = 0; i < kPorteurs; ++i) {
      const std::string siret = SiretInvente(i);
      auto porteur =
          Nouveau<actions::v1::Porteur>(porteurs_, absl::StrCat("porteurs/", siret));
      porteur->set_raison_sociale(absl::StrCat("Association d'exemple n° ", i + 1));
      porteur->set_identification(actions::v1::IDENTIFICATION_PORTEUR_SIRET);
      porteur->set_siret(siret);
      porteur->set_forme(actions::v1::FORME_PORTEUR_ASSOCIATION);
      porteur->set_departement("departements/34");
    }
  }

  void Campagne(const ContratExemple& contrat, int year) {
    for (int i = 1; i <= contrat.actions_par_an; ++i) {
      const Theme* theme = &kThemes[0];
      // The project team of each contrat is its first action, its PRE the second.
      if (i == 1) {
        theme = &kThemes[15];
      } else {
        int64_t draw = draw_.Entre(1, 1000);
        for (const Theme& one : kThemes) {
          theme = &one;
          draw -= one.poids;
          if (draw <= 0) break;
        }
      }
      Action(contrat, year, i, *theme, i == 2);
    }
  }

  void Action(const ContratExemple& contrat, int year, int rank, const Theme& theme, bool pre) {
    const std::string id = absl::StrFormat("%d-%s-%04d", year, Bas(contrat.code), rank);
    auto action = Nouveau<actions::v1::Action>(actions_, absl::StrCat("actions/", id));
    const Theme& used = pre ? kThemes[0] : theme;
    action->set_intitule(pre ? "Projet de réussite éducative"
                             : absl::StrCat(used.intitule, " ", rank));
    action->set_porteur(
        absl::StrCat("porteurs/", SiretInvente(draw_.Entre(0, kPorteurs - 1))));
    action->set_contrat(absl::StrCat("contrats/", Bas(contrat.code)));
    action->set_departement("departements/34");
    action->set_region("regions/76");
    action->set_exercice(year);
    *action->mutable_date_debut() = Le(year, 1, 1);
    *action->mutable_date_fin() = Le(year, 12, 31);
    action->set_thematique(
        absl::StrCat("nomenclatures/piliers-2015-2023/thematiques/", used.id));
    if (pre) {
      action->set_dispositif("dispositifs/pre");
    } else if (*used.dispositif != '\0') {
      action->set_dispositif(absl::StrCat("dispositifs/", used.dispositif));
    }
    action->set_type(action->dispositif() == "dispositifs/equipe-projet"
                         ? actions::v1::TYPE_ACTION_INGENIERIE
                         : actions::v1::TYPE_ACTION_ACTION);
    const bool refused = !pre && rank > 2 && draw_.Entre(1, 100) <= 6;
    action->set_etat_importe(refused ? actions::v1::ETAT_ACTION_REFUSEE
                                     : actions::v1::ETAT_ACTION_PROGRAMMEE);
    Quartiers(contrat, *action);
    const int64_t cost = pre ? 60'000'00 + draw_.Entre(0, 20'000) * 100
                             : used.millier * draw_.Entre(60'000, 140'000);
    Lignes(contrat, year, *action, id, cost, refused);
  }

  void Quartiers(const ContratExemple& contrat, actions::v1::Action& action) {
    int first = 1;
    for (const ContratExemple& other : kContrats) {
      if (&other == &contrat) break;
      first += other.quartiers;
    }
    const int count = static_cast<int>(draw_.Entre(0, std::min(contrat.quartiers, 3)));
    const std::vector<int64_t> shares =
        types::RepartirAuPlusFortReste(10'000, std::vector<int64_t>(count, 1));
    for (int i = 0; i < count; ++i) {
      auto* part = action.add_quartiers();
      part->set_qpv(absl::StrFormat("qpv/qp034%03d", first + i));
      part->set_part_points(static_cast<int32_t>(shares[i]));
    }
  }

  void Lignes(const ContratExemple& contrat, int year, const actions::v1::Action& action,
              const std::string& id, int64_t cost, bool refused) {
    const std::string code = Bas(contrat.code);
    const std::string funders[] = {"etat",           "epci-" + code,   "communes-" + code,
                                   "departement-34", "caf-34",         "region-76"};
    const int rest = 100 - contrat.part_etat;
    // What the État does not give is shared by the five others, the EPCI first among them.
    const std::vector<int64_t> parts = types::RepartirAuPlusFortReste(
        cost, {contrat.part_etat * 100 + draw_.Entre(-300, 300), rest * 34, rest * 22, rest * 18,
               rest * 16, rest * 10});
    for (size_t i = 0; i < parts.size(); ++i) {
      auto line = Nouveau<financement::v1::Ligne>(lignes_,
                                                  absl::StrCat("lignes/", id, "-", funders[i]));
      line->set_action(action.name());
      line->set_financeur(absl::StrCat("financeurs/", funders[i]));
      line->set_source("exemple");
      // The État gives crédits spécifiques of programme 147; the others their droit commun.
      const int64_t specific = i == 0 ? parts[i] - parts[i] / 10 : parts[i] / 10;
      Etapes(year, parts[i] - specific, specific, refused, line.get());
      if (i != 0 || refused) continue;
      line->set_enveloppe(absl::StrCat("enveloppes/etat-34-", year, "-ae"));
      vote_etat_[year - kPremier] +=
          line->vote_droit_commun_centimes() + line->vote_specifiques_centimes();
    }
  }

  // More is asked than voted; past exercices are almost all paid, the last one by half.
  void Etapes(int year, int64_t common, int64_t specific, bool refused,
              financement::v1::Ligne* line) {
    const int64_t more = draw_.Entre(105, 140), paid = year == kDernier ? 50 : 97;
    line->set_demande_droit_commun_centimes(common * more / 100);
    line->set_demande_specifiques_centimes(specific * more / 100);
    if (refused) return;
    line->set_propose_droit_commun_centimes(common);
    line->set_propose_specifiques_centimes(specific);
    line->set_vote_droit_commun_centimes(common);
    line->set_vote_specifiques_centimes(specific);
    *line->mutable_vote_le() = Le(year, 4, 1);
    line->set_engage_droit_commun_centimes(common);
    line->set_engage_specifiques_centimes(specific);
    line->set_paye_droit_commun_centimes(common * paid / 100);
    line->set_paye_specifiques_centimes(specific * paid / 100);
  }

  void Enveloppes() {
    for (int year = kPremier; year <= kDernier; ++year) {
      auto one = Nouveau<financement::v1::Enveloppe>(
          enveloppes_, absl::StrCat("enveloppes/etat-34-", year, "-ae"));
      one->set_libelle(absl::StrCat("P147 Hérault ", year));
      one->set_financeur("financeurs/etat");
      one->set_programme("147");
      one->set_perimetre("departements/34");
      one->set_exercice(year);
      one->set_nature(financement::v1::NATURE_ENVELOPPE_AE);
      // Rounded up to 10 000 €, with some room left.
      const int64_t room = vote_etat_[year - kPremier] / 100 * 104;
      one->set_dotation_centimes((room / 1'000'000 + 1) * 1'000'000);
    }
  }

  Tirage draw_{34};
  Liste regions_, departements_, epci_, qpv_, contrats_, labels_, porteurs_, actions_, financeurs_,
      enveloppes_, lignes_;
  int64_t vote_etat_[kDernier - kPremier + 1] = {};
};

}  // namespace

std::string SiretInvente(int64_t rang) {
  std::string siren = absl::StrFormat("9%07d", rang);
  absl::StrAppend(&siren, Cle(siren));
  std::string siret = absl::StrCat(siren, "0001");
  return absl::StrCat(siret, Cle(siret));
}

std::vector<Etape> GenererExemple() { return Exemple().Generer(); }

}  // namespace pdv::pdvctl
