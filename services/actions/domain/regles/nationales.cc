// The national rules, as a table: what is asked, who says so, since when.
#include "services/actions/domain/regles/predicats.h"

namespace pdv::actions::regles {
namespace {

constexpr auto kRefus = v1::SEVERITE_REGLE_REFUS;
constexpr auto kAvertissement = v1::SEVERITE_REGLE_AVERTISSEMENT;
constexpr auto kDepot = Verbe::kAttester;
constexpr auto kCompletude = Verbe::kDeclarerComplete;

// First days: that after the publication, or the one that the text gives.
constexpr types::Date kLolf(2006, 1, 1);        // loi organique n° 2001-692, art. 67
constexpr types::Date kVille(2014, 2, 23);      // loi n° 2014-173, JO of 22 February 2014
constexpr types::Date kEgalite(2014, 8, 6);     // loi n° 2014-873, JO of 5 August 2014
constexpr types::Date kListe(2015, 1, 1);       // décrets n° 2014-1750 and 2014-1751
constexpr types::Date kFormulaire(2017, 1, 1);  // décret n° 2016-1971, its article on its entry
constexpr types::Date kEngagement(2022, 1, 2);  // décret n° 2021-1947, JO of 1 January 2022

constexpr types::Periode Depuis(types::Date jour) { return {jour, std::nullopt}; }
// No date of their own: they say how an appel is answered.
constexpr std::nullopt_t kAvecLAppel = std::nullopt;

constexpr char kLoiVille5[] = "loi n° 2014-173 du 21 février 2014, art. 5";
constexpr char kLoiVille6[] = "loi n° 2014-173 du 21 février 2014, art. 6";
constexpr char kAnnualite[] =
    "loi organique n° 2001-692 du 1er août 2001, art. 1er et 6 (annualité)";
constexpr char kFormulaireUnique[] =
    "décret n° 2016-1971 du 28 décembre 2016 (formulaire unique des associations, CERFA n° 12156, "
    "demandé ici à tous les porteurs)";
// No law bounds an action to two years: the form asks for the subvention of one exercice.
constexpr char kUnExercice[] =
    "formulaire CERFA n° 12156 : la subvention se demande pour un exercice (annualité)";
// The law asks it of public authorities; the form is where porteurs tell it.
constexpr char kSexeEtAge[] =
    "formulaire CERFA n° 12156 ; approche intégrée de l'égalité que la loi n° 2014-873 du 4 août "
    "2014, art. 1er, demande aux pouvoirs publics";
// No law sets the share: calls do.
constexpr char kClauseCourante[] =
    "clause courante des appels à projets de la politique de la ville (aucune loi ne fixe la part)";
constexpr char kUsageDesAppels[] =
    "usage des contrats de ville : les crédits de l'année se demandent par un appel à projets";
constexpr char kListes[] =
    "loi n° 2014-173 du 21 février 2014, art. 5 ; décrets n° 2014-1750 et 2014-1751 du 30 décembre "
    "2014, n° 2023-1314 du 28 décembre 2023";
constexpr char kCer[] =
    "loi n° 2000-321 du 12 avril 2000, art. 10-1 ; décret n° 2021-1947 du 31 décembre 2021";
constexpr char kReglement[] = "règlement de l'appel à projets";

// Id, reason; what it asks; who says so, what a breach does, the field, since when, what it guards.
const Regle kNationales[] = {
    // clang-format off
    {"contrat-engagement-republicain", "CONTRAT_ENGAGEMENT_ABSENT",
     "Une association qui demande une subvention a souscrit le contrat d'engagement républicain.",
     kCer, kRefus, "porteur", Depuis(kEngagement), kDepot, Engagement},
    {"forme-juridique", "FORME_INCONNUE",
     "La forme juridique du porteur dit s'il est tenu au contrat d'engagement républicain.",
     kCer, kRefus, "porteur", Depuis(kEngagement), kDepot, Forme},
    {"siret", "SIRET_ABSENT",
     "Un porteur est identifié par son SIRET (RIDET ou TAHITI outre-mer).",
     kFormulaireUnique, kRefus, "porteur", Depuis(kFormulaire), kDepot, Siret},

    {"contrat-de-ville", "CONTRAT_ABSENT",
     "Une action relève d'un contrat de ville.",
     kLoiVille6, kRefus, "contrat", Depuis(kVille), kDepot, Contrat},
    {"thematique", "THEMATIQUE_ABSENTE",
     "Une action a une thématique principale.",
     kLoiVille6, kRefus, "thematique", Depuis(kVille), kDepot, Thematique},
    {"thematique-du-contrat", "THEMATIQUE_ETRANGERE",
     "La thématique est de la nomenclature du contrat, ou y correspond.",
     kLoiVille6, kRefus, "thematique", Depuis(kVille), kDepot, ThematiqueDuContrat},

    {"calendrier", "DATES_ABSENTES",
     "Une action a un premier et un dernier jour.",
     kFormulaireUnique, kRefus, "date_debut", Depuis(kFormulaire), kDepot, Dates},
    {"calendrier-du-contrat", "DATES_HORS_CONTRAT",
     "Une action se déroule pendant son contrat de ville.",
     kLoiVille6, kRefus, "date_debut", Depuis(kVille), kDepot, DatesDuContrat},
    {"calendrier-de-l-exercice", "DATES_HORS_EXERCICE",
     "Une action se déroule au moins en partie pendant son exercice.",
     kAnnualite, kRefus, "exercice", Depuis(kLolf), kDepot, DatesDeLExercice},
    {"deux-exercices", "EXERCICES_TROP_NOMBREUX",
     "Une action court sur deux années civiles au plus (une année scolaire en touche deux).",
     kUnExercice, kRefus, "date_fin", Depuis(kFormulaire), kDepot, DeuxExercicesAuPlus},

    {"public-par-sexe-et-age", "PUBLICS_ABSENTS",
     "Le public visé est dit par sexe et par tranche d'âge.",
     kSexeEtAge, kRefus, "publics", Depuis(kEgalite), kDepot, Publics},
    {"quartiers", "QUARTIERS_ABSENTS",
     "Une action dit quels quartiers prioritaires elle sert.",
     kLoiVille5, kAvertissement, "quartiers", Depuis(kVille), kDepot, Quartiers},
    {"quartiers-en-vigueur", "QUARTIER_HORS_GENERATION",
     "Un quartier que sert une action est prioritaire pendant son exercice.",
     kListes, kAvertissement, "quartiers", Depuis(kListe), kDepot, QuartiersEnVigueur},
    {"quartiers-du-contrat", "QUARTIER_HORS_CONTRAT",
     "Un quartier que sert une action est de ceux du contrat, où le contrat les énumère.",
     kLoiVille6, kAvertissement, "quartiers", Depuis(kVille), kDepot, QuartiersDuContrat},
    {"moitie-des-quartiers", "PART_QPV_FAIBLE",
     "La moitié au moins du public habite un quartier prioritaire.",
     kClauseCourante, kAvertissement, "publics", Depuis(kVille), kDepot, MoitieDesQuartiers},
    {"npnru", "NPNRU",
     "Le programme 147 paie du fonctionnement : il ne double pas ce que le NPNRU finance.",
     "cadre des contrats de ville, directives de l'ANCT : le cadre de vie ne se substitue pas aux "
     "interventions de l'ANRU (aucun texte de loi)",
     kAvertissement, "npnru", Depuis(kVille), kDepot, HorsNpnru},

    {"budget", "BUDGET_ABSENT",
     "Une demande de subvention a un budget prévisionnel.",
     kFormulaireUnique, kRefus, "budget", Depuis(kFormulaire), kDepot, BudgetPresent},
    {"budget-equilibre", "BUDGET_DESEQUILIBRE",
     "Le budget prévisionnel est équilibré.",
     kFormulaireUnique, kRefus, "budget", Depuis(kFormulaire), kDepot, BudgetEquilibre},

    {"sans-appel", "APPEL_ABSENT",
     "Une action pour un public répond à un appel à projets ; un poste ou de l'ingénierie, non.",
     kUsageDesAppels, kAvertissement, "appel", Depuis(kVille), kDepot, SansAppel},
    {"appel-cloture", "DEPOT_TARDIF",
     "Un dépôt se fait au plus tard le jour de la clôture.",
     kReglement, kRefus, "appel", kAvecLAppel, kDepot, PasApresLaCloture},
    {"appel-ouvert", "APPEL_FERME",
     "L'appel à projets auquel une action répond est publié, et n'est pas clos.",
     kReglement, kRefus, "appel", kAvecLAppel, kDepot, AppelOuvert},
    {"appel-ouverture", "DEPOT_PREMATURE",
     "Un dépôt se fait à partir de l'ouverture de l'appel.",
     kReglement, kRefus, "appel", kAvecLAppel, kDepot, PasAvantLOuverture},
    {"appel-perimetre", "HORS_APPEL",
     "Le contrat et l'exercice sont de ceux de l'appel.",
     kReglement, kRefus, "contrat", kAvecLAppel, kDepot, DansLAppel},
    {"appel-criteres", "REPONSE_ABSENTE",
     "Les critères obligatoires ont leur réponse.",
     kReglement, kRefus, "reponses", kAvecLAppel, kDepot, Reponses},
    {"appel-part-qpv", "PART_QPV_INSUFFISANTE",
     "La part du public qui habite un quartier prioritaire atteint celle que l'appel demande.",
     kReglement, kRefus, "publics", kAvecLAppel, kDepot, PartQpvDeLAppel},
    {"appel-pieces", "PIECE_ABSENTE",
     "Les pièces obligatoires de l'appel sont jointes.",
     kReglement, kRefus, "pieces", kAvecLAppel, kCompletude, Pieces},
    {"appel-pieces-conformes", "PIECE_DIFFERENTE",
     "Une pièce obligatoire est de la nature que l'appel demande, et vaut ce jour-là.",
     kReglement, kRefus, "pieces", kAvecLAppel, kCompletude, PiecesConformes},
    // clang-format on
};

}  // namespace

std::span<const Regle> Nationales() { return kNationales; }

}  // namespace pdv::actions::regles
