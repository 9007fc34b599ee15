// The national rules, as a table: what is asked, who says so, since when.
#include "services/actions/domain/regles/predicats.h"

namespace pdv::actions::regles {
namespace {

constexpr auto kRefus = v1::SEVERITE_REGLE_REFUS;
constexpr auto kAvertissement = v1::SEVERITE_REGLE_AVERTISSEMENT;
constexpr auto kDepot = Verbe::kAttester;
constexpr auto kCompletude = Verbe::kDeclarerComplete;

// First days: that after the publication, or the one that the text gives.
constexpr types::Date kLolf(2006, 1, 1);          // loi organique n° 2001-692, art. 67
constexpr types::Date kVille(2014, 2, 23);        // loi n° 2014-173, JO of 22 February 2014
constexpr types::Date kEgalite(2014, 8, 6);       // loi n° 2014-873, JO of 5 August 2014
constexpr types::Date kFormulaire(2016, 12, 31);  // décret n° 2016-1971, JO of 30 December 2016
constexpr types::Date kEngagement(2022, 1, 2);    // décret n° 2021-1947, JO of 1 January 2022

constexpr char kLoiVille5[] = "loi n° 2014-173 du 21 février 2014, art. 5";
constexpr char kLoiVille6[] = "loi n° 2014-173 du 21 février 2014, art. 6";
constexpr char kAnnualite[] =
    "loi organique n° 2001-692 du 1er août 2001, art. 1er et 6 (annualité)";
constexpr char kFormulaireUnique[] =
    "décret n° 2016-1971 du 28 décembre 2016 (formulaire unique, CERFA n° 12156)";
constexpr char kCer[] =
    "loi n° 2000-321 du 12 avril 2000, art. 10-1 ; décret n° 2021-1947 du 31 décembre 2021";
constexpr char kReglement[] = "règlement de l'appel à projets";

// Id, reason; what it asks; who says so, what a breach does, the field, since when, what it guards.
const Regle kNationales[] = {
    // clang-format off
    {"contrat-engagement-republicain", "CONTRAT_ENGAGEMENT_ABSENT",
     "Une association qui demande une subvention a souscrit le contrat d'engagement républicain.",
     kCer, kRefus, "porteur", {kEngagement, {}}, kDepot, Engagement},
    {"forme-juridique", "FORME_INCONNUE",
     "La forme juridique du porteur dit s'il est tenu au contrat d'engagement républicain.",
     kCer, kRefus, "porteur", {kEngagement, {}}, kDepot, Forme},
    {"siret", "SIRET_ABSENT",
     "Un porteur est identifié par son SIRET (RIDET ou TAHITI outre-mer).",
     kFormulaireUnique, kRefus, "porteur", {kFormulaire, {}}, kDepot, Siret},

    {"contrat-de-ville", "CONTRAT_ABSENT",
     "Une action relève d'un contrat de ville.",
     kLoiVille6, kRefus, "contrat", {kVille, {}}, kDepot, Contrat},
    {"thematique", "THEMATIQUE_ABSENTE",
     "Une action a une thématique principale.",
     kLoiVille6, kRefus, "thematique", {kVille, {}}, kDepot, Thematique},
    {"thematique-du-contrat", "THEMATIQUE_ETRANGERE",
     "La thématique est de la nomenclature du contrat, ou y correspond.",
     kLoiVille6, kRefus, "thematique", {kVille, {}}, kDepot, ThematiqueDuContrat},

    {"calendrier", "DATES_ABSENTES",
     "Une action a un premier et un dernier jour.",
     kFormulaireUnique, kRefus, "date_debut", {kFormulaire, {}}, kDepot, Dates},
    {"calendrier-du-contrat", "DATES_HORS_CONTRAT",
     "Une action se déroule pendant son contrat de ville.",
     kLoiVille6, kRefus, "date_debut", {kVille, {}}, kDepot, DatesDuContrat},
    {"calendrier-de-l-exercice", "DATES_HORS_EXERCICE",
     "Une action se déroule au moins en partie pendant son exercice.",
     kAnnualite, kRefus, "exercice", {kLolf, {}}, kDepot, DatesDeLExercice},
    {"deux-exercices", "EXERCICES_TROP_NOMBREUX",
     "Une action court sur deux années civiles au plus (une année scolaire en touche deux).",
     kAnnualite, kRefus, "date_fin", {kLolf, {}}, kDepot, DeuxExercicesAuPlus},

    {"public-par-sexe-et-age", "PUBLICS_ABSENTS",
     "Le public visé est dit par sexe et par tranche d'âge.",
     "loi n° 2014-873 du 4 août 2014 pour l'égalité réelle entre les femmes et les hommes, art. 1er",
     kRefus, "publics", {kEgalite, {}}, kDepot, Publics},
    {"quartiers", "QUARTIERS_ABSENTS",
     "Une action dit quels quartiers prioritaires elle sert.",
     kLoiVille5, kAvertissement, "quartiers", {kVille, {}}, kDepot, Quartiers},
    {"moitie-des-quartiers", "PART_QPV_FAIBLE",
     "La moitié au moins du public habite un quartier prioritaire.",
     kLoiVille5, kAvertissement, "publics", {kVille, {}}, kDepot, MoitieDesQuartiers},
    {"npnru", "NPNRU",
     "Le programme 147 paie du fonctionnement : il ne double pas ce que le NPNRU finance.",
     "loi n° 2003-710 du 1er août 2003, art. 9-1 (loi n° 2014-173, art. 3)",
     kAvertissement, "npnru", {kVille, {}}, kDepot, HorsNpnru},

    {"budget", "BUDGET_ABSENT",
     "Une demande de subvention a un budget prévisionnel.",
     kFormulaireUnique, kRefus, "budget", {kFormulaire, {}}, kDepot, BudgetPresent},
    {"budget-equilibre", "BUDGET_DESEQUILIBRE",
     "Le budget prévisionnel est équilibré.",
     kFormulaireUnique, kRefus, "budget", {kFormulaire, {}}, kDepot, BudgetEquilibre},

    {"appel-ouvert", "APPEL_FERME",
     "Un dépôt répond à un appel à projets publié.",
     kReglement, kRefus, "appel", {kVille, {}}, kDepot, AppelOuvert},
    {"appel-ouverture", "DEPOT_PREMATURE",
     "Un dépôt se fait à partir de l'ouverture de l'appel.",
     kReglement, kRefus, "appel", {kVille, {}}, kDepot, PasAvantLOuverture},
    {"appel-cloture", "DEPOT_TARDIF",
     "Un dépôt se fait au plus tard le jour de la clôture.",
     kReglement, kRefus, "appel", {kVille, {}}, kDepot, PasApresLaCloture},
    {"appel-perimetre", "HORS_APPEL",
     "Le contrat et l'exercice sont de ceux de l'appel.",
     kReglement, kRefus, "contrat", {kVille, {}}, kDepot, DansLAppel},
    {"appel-criteres", "REPONSE_ABSENTE",
     "Les critères obligatoires ont leur réponse.",
     kReglement, kRefus, "reponses", {kVille, {}}, kDepot, Reponses},
    {"appel-part-qpv", "PART_QPV_INSUFFISANTE",
     "La part du public qui habite un quartier prioritaire atteint celle que l'appel demande.",
     kReglement, kRefus, "publics", {kVille, {}}, kDepot, PartQpvDeLAppel},
    {"appel-pieces", "PIECE_ABSENTE",
     "Les pièces obligatoires de l'appel sont jointes.",
     kReglement, kRefus, "pieces", {kVille, {}}, kCompletude, Pieces},
    // clang-format on
};

}  // namespace

std::span<const Regle> Nationales() { return kNationales; }

}  // namespace pdv::actions::regles
