#include "services/contrats/domain/referentiel.h"

#include <string>
#include <string_view>

#include "absl/strings/str_cat.h"
#include "services/contrats/domain/dates.h"

namespace pdv::contrats {
namespace {

// A node: id, parent's id ("" for a root), label, reference share in basis points (0: none).
struct Noeud {
  const char* id;
  const char* code;
  const char* parent;
  const char* libelle;
  int reference;
  bool transversale;
};

// The founding document « Les piliers de la politique de la ville ».
constexpr Noeud kPiliers[] = {
    {"cohesion-sociale", "cohesion-sociale", "", "Cohésion sociale", 8000, false},
    {"cadre-de-vie", "cadre-de-vie", "", "Cadre de vie et renouvellement urbain", 200, false},
    {"emploi", "emploi", "", "Développement économique et emploi", 0, false},
    {"valeurs-republique", "valeurs-republique", "", "Valeurs de la République et citoyenneté", 0,
     true},
    {"pilotage", "pilotage", "", "Pilotage, ingénierie, ressources et évaluation", 0, false},
    {"education", "education", "cohesion-sociale", "Éducation", 0, false},
    {"sante", "sante", "cohesion-sociale", "Santé", 0, false},
    {"parentalite", "parentalite", "cohesion-sociale", "Parentalité et droits sociaux", 0, false},
    {"culture", "culture", "cohesion-sociale", "Culture et expression artistique", 0, false},
    {"lien-social", "lien-social", "cohesion-sociale",
     "Lien social, citoyenneté et participation des habitants", 0, false},
    {"medias-numeriques", "medias-numeriques", "culture", "Médias numériques", 0, false},
    {"fracture-numerique", "fracture-numerique", "culture", "Fracture numérique", 0, false},
    {"jeunesse", "jeunesse", "lien-social", "Accompagnement de la jeunesse", 0, false},
    {"initiative-associative", "initiative-associative", "lien-social",
     "Soutien à l'initiative associative", 0, false},
    {"mediation", "mediation", "lien-social", "Actions de médiation", 0, false},
    {"participation-memoire", "participation-memoire", "lien-social",
     "Participation et mémoire des habitants", 0, false},
    {"ateliers-sociolinguistiques", "ateliers-sociolinguistiques", "lien-social",
     "Ateliers sociolinguistiques", 0, false},
    {"sport-loisirs", "sport-loisirs", "lien-social", "Sport et loisirs de proximité", 0, false},
    {"acces-services-publics", "acces-services-publics", "lien-social",
     "Accès aux services publics et connaissance des droits", 0, false},
    {"vacances-apprenantes", "vacances-apprenantes", "lien-social", "Vacances apprenantes", 0,
     false},
    {"gestion-urbaine", "gestion-urbaine", "cadre-de-vie", "Gestion urbaine de proximité", 0,
     false},
    {"insertion-emploi", "insertion-emploi", "emploi", "Emploi, insertion et formation", 0, false},
    {"creation-activite", "creation-activite", "emploi",
     "Développement économique et création d'activité", 0, false},
    {"equipes-projet", "equipes-projet", "pilotage", "Équipes projet des contrats de ville", 0,
     false},
    {"conseils-citoyens", "conseils-citoyens", "pilotage", "Accompagnement des conseils citoyens",
     0, false},
    {"centre-de-ressources", "centre-de-ressources", "pilotage",
     "Centre de ressources politique de la ville", 0, false},
};

// National tree of programme 147, 2020-2023 (ANCT).
constexpr Noeud kNational2020[] = {
    {"1", "1", "", "Cohésion sociale", 0, false},
    {"2", "2", "", "Développement économique et emploi", 0, false},
    {"3", "3", "", "Cadre de vie et renouvellement urbain", 0, false},
    {"4", "4", "", "Pilotage, ingénierie, ressources et évaluations", 0, false},
    {"1-1", "1.1", "1", "Education", 0, false},
    {"1-2", "1.2", "1", "Santé", 0, false},
    {"1-3", "1.3", "1", "Parentalité et droits sociaux", 0, false},
    {"1-4", "1.4", "1", "Culture et expression artistique", 0, false},
    {"1-5", "1.5", "1", "Lien social, citoyenneté et participation des habitants", 0, false},
    {"1-5a", "1.5a", "1-5", "Jeunesse", 0, false},
    {"1-5b", "1.5b", "1-5", "Sport et loisir", 0, false},
    {"1-6", "1.6", "1",
     "Prévention et lutte contre les discriminations liées à l'origine et à l'adresse", 0, false},
    {"2-1", "2.1", "2", "Emploi", 0, false},
    {"2-2", "2.2", "2", "Développement économique", 0, false},
    {"3-1", "3.1", "3", "Cadre de vie et renouvellement urbain", 0, false},
    {"3-2", "3.2", "3", "Tranquillité et sûreté publique", 0, false},
    {"4-1", "4.1", "4", "Pilotage, ingénierie, ressources et évaluations", 0, false},
    {"4-2", "4.2", "4", "Structures mutualisatrices", 0, false},
};

// National tree of programme 147, 2024-2025 (ANCT).
constexpr Noeud kNational2024[] = {
    {"1", "1", "", "Éducation", 0, false},
    {"2", "2", "", "Accès aux droits", 0, false},
    {"3", "3", "", "Cadre de vie, sociabilité et transitions", 0, false},
    {"4", "4", "", "Jeunesse, accès à la culture, aux sports et aux loisirs", 0, false},
    {"5", "5", "", "Emploi et développement économique", 0, false},
    {"6", "6", "", "Soutien aux acteurs de la politique de la ville", 0, false},
    {"1-1", "1.1", "1", "Programme de réussite éducative (PRE)", 0, false},
    {"1-2", "1.2", "1", "Soutien à la scolarité", 0, false},
    {"1-3", "1.3", "1", "Cités éducatives", 0, false},
    {"1-4", "1.4", "1", "Persévérance scolaire et accès à des études supérieures", 0, false},
    {"2-1", "2.1", "2", "Santé", 0, false},
    {"2-2", "2.2", "2", "Soutien à la parentalité", 0, false},
    {"2-3", "2.3", "2", "Citoyenneté", 0, false},
    {"2-4", "2.4", "2",
     "Prévention et lutte contre les discriminations liées à l'origine et à l'adresse", 0, false},
    {"3-1", "3.1", "3", "Cadre de vie", 0, false},
    {"3-2", "3.2", "3", "Tranquillité et sûreté publique", 0, false},
    {"3-3", "3.3", "3", "Médiation sociale", 0, false},
    {"3-4", "3.4", "3", "Transitions", 0, false},
    {"4-1", "4.1", "4", "Jeunesse", 0, false},
    {"4-2", "4.2", "4", "Culture et expression artistique", 0, false},
    {"4-3", "4.3", "4", "Sports", 0, false},
    {"4-4", "4.4", "4", "Vacances et loisirs", 0, false},
    {"5-1", "5.1", "5", "Emploi", 0, false},
    {"5-2", "5.2", "5", "Cités de l'emploi", 0, false},
    {"5-3", "5.3", "5", "Engagement des entreprises et PAQTE", 0, false},
    {"5-4", "5.4", "5", "Attractivité et développement économique", 0, false},
    {"5-5", "5.5", "5", "Entrepreneuriat Quartiers 2030", 0, false},
    {"6-1", "6.1", "6", "Soutien à l'initiative associative", 0, false},
    {"6-2", "6.2", "6", "Participation des habitants", 0, false},
    {"6-3", "6.3", "6", "Pilotage, ingénierie, ressources et évaluations", 0, false},
    {"6-4", "6.4", "6", "Structures mutualisatrices", 0, false},
};

struct Lien {
  const char* nomenclature;
  const char* source;
  const char* pilier;
};

// What a node of the national trees is among the pillars.
constexpr Lien kLiens[] = {
    {"national-2020-2023", "1", "cohesion-sociale"},
    {"national-2020-2023", "2", "emploi"},
    {"national-2020-2023", "3", "cadre-de-vie"},
    {"national-2020-2023", "4", "pilotage"},
    {"national-2020-2023", "1-1", "education"},
    {"national-2020-2023", "1-2", "sante"},
    {"national-2020-2023", "1-3", "parentalite"},
    {"national-2020-2023", "1-4", "culture"},
    {"national-2020-2023", "1-5", "lien-social"},
    {"national-2020-2023", "1-5a", "jeunesse"},
    {"national-2020-2023", "1-5b", "sport-loisirs"},
    {"national-2020-2023", "1-6", "valeurs-republique"},
    {"national-2020-2023", "2-1", "insertion-emploi"},
    {"national-2020-2023", "2-2", "creation-activite"},
    {"national-2020-2023", "3-1", "gestion-urbaine"},
    {"national-2020-2023", "3-2", "cadre-de-vie"},
    {"national-2020-2023", "4-1", "equipes-projet"},
    {"national-2020-2023", "4-2", "centre-de-ressources"},
    {"national-2024-2025", "1", "education"},
    {"national-2024-2025", "2", "cohesion-sociale"},
    {"national-2024-2025", "3", "cadre-de-vie"},
    {"national-2024-2025", "4", "lien-social"},
    {"national-2024-2025", "5", "emploi"},
    {"national-2024-2025", "6", "pilotage"},
    {"national-2024-2025", "1-1", "education"},
    {"national-2024-2025", "1-2", "education"},
    {"national-2024-2025", "1-3", "education"},
    {"national-2024-2025", "1-4", "education"},
    {"national-2024-2025", "2-1", "sante"},
    {"national-2024-2025", "2-2", "parentalite"},
    {"national-2024-2025", "2-3", "valeurs-republique"},
    {"national-2024-2025", "2-4", "valeurs-republique"},
    {"national-2024-2025", "3-1", "gestion-urbaine"},
    {"national-2024-2025", "3-2", "cadre-de-vie"},
    {"national-2024-2025", "3-3", "mediation"},
    {"national-2024-2025", "3-4", "cadre-de-vie"},
    {"national-2024-2025", "4-1", "jeunesse"},
    {"national-2024-2025", "4-2", "culture"},
    {"national-2024-2025", "4-3", "sport-loisirs"},
    {"national-2024-2025", "4-4", "vacances-apprenantes"},
    {"national-2024-2025", "5-1", "insertion-emploi"},
    {"national-2024-2025", "5-2", "insertion-emploi"},
    {"national-2024-2025", "5-3", "insertion-emploi"},
    {"national-2024-2025", "5-4", "creation-activite"},
    {"national-2024-2025", "5-5", "creation-activite"},
    {"national-2024-2025", "6-1", "initiative-associative"},
    {"national-2024-2025", "6-2", "participation-memoire"},
    {"national-2024-2025", "6-3", "equipes-projet"},
    {"national-2024-2025", "6-4", "centre-de-ressources"},
};

struct Nom {
  const char* id;
  const char* libelle;
  const char* thematique;
};

constexpr Nom kDispositifs[] = {
    {"pre", "Programme (projet) de réussite éducative", "education"},
    {"clas", "Contrat local d'accompagnement à la scolarité", "education"},
    {"cite-educative", "Cité éducative", "education"},
    {"vvv", "Ville vie vacances", "vacances-apprenantes"},
    {"vacances-apprenantes", "Vacances apprenantes", "vacances-apprenantes"},
    {"asl", "Ateliers sociolinguistiques", "ateliers-sociolinguistiques"},
    {"paqte", "Pacte avec les quartiers pour toutes les entreprises (PAQTE)", "insertion-emploi"},
    {"reperage-des-invisibles", "Repérage des invisibles", "insertion-emploi"},
    {"cite-de-l-emploi", "Cité de l'emploi", "insertion-emploi"},
    {"adultes-relais", "Adultes-relais", "mediation"},
    {"fonjep", "Postes Fonjep", "initiative-associative"},
    {"quartiers-2030-entrepreneuriat", "Entrepreneuriat Quartiers 2030", "creation-activite"},
    {"conseil-citoyen", "Accompagnement des conseils citoyens", "conseils-citoyens"},
    {"equipe-projet", "Équipe projet de contrat de ville", "equipes-projet"},
    {"centre-de-ressources", "Centre de ressources politique de la ville", "centre-de-ressources"},
    {"secretariat-clas", "Animation et secrétariat du CLAS", "equipes-projet"},
};

constexpr char kPiliersId[] = "piliers-2015-2023";

std::string NomThematique(std::string_view nomenclature, std::string_view id) {
  return absl::StrCat("nomenclatures/", absl::string_view(nomenclature.data(), nomenclature.size()),
                      "/thematiques/", absl::string_view(id.data(), id.size()));
}

template <size_t N>
void Ajouter(const char* nomenclature, const Noeud (&nodes)[N], std::vector<v1::Thematique>* all) {
  const size_t first = all->size();
  for (const Noeud& node : nodes) {
    v1::Thematique t;
    t.set_name(NomThematique(nomenclature, node.id));
    t.set_code(node.code);
    t.set_libelle(node.libelle);
    t.set_transversale(node.transversale);
    if (node.reference > 0) t.set_part_reference_points(node.reference);
    t.set_niveau(1);
    t.set_pilier(t.name());
    if (*node.parent != '\0') {
      t.set_parent(NomThematique(nomenclature, node.parent));
      for (size_t i = first; i < all->size(); ++i) {
        if ((*all)[i].name() != t.parent()) continue;
        t.set_niveau((*all)[i].niveau() + 1);
        t.set_pilier((*all)[i].pilier());
      }
    }
    all->push_back(std::move(t));
  }
}

v1::Nomenclature Version(const char* id, const char* libelle, const char* generation,
                         types::Date from, types::Date to) {
  v1::Nomenclature n;
  n.set_name(absl::StrCat("nomenclatures/", id));
  n.set_libelle(libelle);
  n.set_generation(generation);
  *n.mutable_valide_du() = EnMessage(from);
  *n.mutable_valide_au() = EnMessage(to);
  return n;
}

}  // namespace

std::vector<v1::Nomenclature> Nomenclatures() {
  return {Version(kPiliersId, "Les piliers de la politique de la ville", "2015-2023",
                  types::Date(2015, 1, 1), types::Date(2024, 1, 1)),
          Version("national-2020-2023", "Thématiques nationales du programme 147, 2020-2023",
                  "2020-2023", types::Date(2020, 1, 1), types::Date(2024, 1, 1)),
          Version("national-2024-2025", "Thématiques nationales du programme 147, 2024-2025",
                  "2024-2025", types::Date(2024, 1, 1), types::Date(2026, 1, 1))};
}

std::vector<v1::Thematique> Thematiques() {
  std::vector<v1::Thematique> all;
  Ajouter(kPiliersId, kPiliers, &all);
  Ajouter("national-2020-2023", kNational2020, &all);
  Ajouter("national-2024-2025", kNational2024, &all);
  return all;
}

std::vector<v1::Correspondance> Correspondances() {
  std::vector<v1::Correspondance> all;
  for (const Lien& link : kLiens) {
    v1::Correspondance c;
    c.set_name(absl::StrCat("correspondances/", link.nomenclature, "-", link.source));
    c.set_source(NomThematique(link.nomenclature, link.source));
    c.set_cible(NomThematique(kPiliersId, link.pilier));
    all.push_back(std::move(c));
  }
  return all;
}

std::vector<v1::Dispositif> Dispositifs() {
  std::vector<v1::Dispositif> all;
  for (const Nom& name : kDispositifs) {
    v1::Dispositif d;
    d.set_name(absl::StrCat("dispositifs/", name.id));
    d.set_libelle(name.libelle);
    d.set_thematique(NomThematique(kPiliersId, name.thematique));
    all.push_back(std::move(d));
  }
  return all;
}

}  // namespace pdv::contrats
