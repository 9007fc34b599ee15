#ifndef PDV_SERVICES_CONTRATS_DOMAIN_REFERENTIEL_TABLES_H_
#define PDV_SERVICES_CONTRATS_DOMAIN_REFERENTIEL_TABLES_H_

// The reference data themselves, for referentiel.cc and its tests only.

namespace pdv::contrats {

// A node: id, code, parent's id ("" for a root), label, reference share in basis points (0: none),
// and whether any action may bear it beside its main thématique.
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
    {"animation-clas", "animation-clas", "pilotage", "Animation et secrétariat du CLAS", 0, false},
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
  const char* thematique;  // among the pillars
  const char* description;
};

// What a node of the tree of 2020-2023 became in that of 2024-2025, both by id. Cohésion sociale
// (1) was split and has no single heir; its sous-thèmes have.
struct Heritier {
  const char* source;
  const char* cible;
};
constexpr Heritier kHeritiers[] = {
    {"2", "5"},     {"3", "3"},     {"4", "6"},     {"1-1", "1"},    {"1-2", "2-1"},
    {"1-3", "2-2"}, {"1-4", "4-2"}, {"1-5", "6-2"}, {"1-5a", "4-1"}, {"1-5b", "4-3"},
    {"1-6", "2-4"}, {"2-1", "5-1"}, {"2-2", "5-4"}, {"3-1", "3-1"},  {"3-2", "3-2"},
    {"4-1", "6-3"}, {"4-2", "6-4"},
};

// Dispositifs that the founding document and the national data name.
constexpr Nom kDispositifs[] = {
    {"pre", "Programme de réussite éducative (PRE)", "education",
     "Parcours individualisés d'enfants et d'adolescents fragiles et de leurs familles (loi n° "
     "2005-32 du 18 janvier 2005). Le document fondateur en compte 7 (projets de réussite "
     "éducative)."},
    {"clas", "Contrat local d'accompagnement à la scolarité (CLAS)", "education",
     "Accompagnement des enfants et de leurs parents hors du temps de l'école, avec la CAF."},
    {"cite-educative", "Cité éducative", "education",
     "Label donné à un grand quartier qui réunit autour de l'école tous ceux qui éduquent."},
    {"vvv", "Ville vie vacances (VVV)", "vacances-apprenantes",
     "Activités et séjours pour les jeunes des quartiers pendant les vacances scolaires."},
    {"vacances-apprenantes", "Vacances apprenantes", "vacances-apprenantes",
     "Séjours et activités qui allient loisirs et apprentissages pendant les vacances."},
    {"asl", "Ateliers sociolinguistiques (ASL)", "ateliers-sociolinguistiques",
     "Apprentissage du français par les usages de la vie quotidienne."},
    {"paqte", "Pacte avec les quartiers pour toutes les entreprises (PaQte)", "insertion-emploi",
     "Engagements d'entreprises pour l'emploi dans les quartiers : PACTE dans le document "
     "fondateur, qui y voit du droit commun mobilisé."},
    {"reperage-des-invisibles", "Repérage des invisibles", "insertion-emploi",
     "Appel à projets du droit commun : repérer et mobiliser les jeunes que rien n'accompagne."},
    {"cite-de-l-emploi", "Cité de l'emploi", "insertion-emploi",
     "Réunion des acteurs de l'emploi d'un territoire autour des habitants des quartiers."},
    {"adultes-relais", "Adultes-relais", "mediation",
     "Postes de médiation sociale aidés par l'État (code du travail, art. L. 5134-100)."},
    {"fonjep", "Postes Fonjep", "initiative-associative",
     "Postes d'associations cofinancés par le Fonds de coopération de la jeunesse et de "
     "l'éducation populaire."},
    {"quartiers-2030-entrepreneuriat", "Entrepreneuriat Quartiers 2030", "creation-activite",
     "Accompagnement de ceux qui créent une entreprise dans les quartiers."},
    {"conseil-citoyen", "Accompagnement des conseils citoyens", "conseils-citoyens",
     "Conseils d'habitants et d'acteurs locaux (loi n° 2014-173 du 21 février 2014, art. 7)."},
    {"equipe-projet", "Équipe projet de contrat de ville", "equipes-projet",
     "Ingénierie d'un contrat de ville : chefs de projet, coordination, évaluation."},
    {"centre-de-ressources", "Centre de ressources politique de la ville", "centre-de-ressources",
     "Qualification et mise en réseau des acteurs de la politique de la ville."},
    {"secretariat-clas", "Animation et secrétariat du CLAS", "animation-clas",
     "Animation du CLAS à l'échelle du département, payée sur le pilotage."},
};

}  // namespace pdv::contrats

#endif  // PDV_SERVICES_CONTRATS_DOMAIN_REFERENTIEL_TABLES_H_
