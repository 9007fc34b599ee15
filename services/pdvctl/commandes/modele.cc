#include "services/pdvctl/commandes/modele.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/substitute.h"
#include "services/pdvctl/affichage/dates.h"
#include "services/pdvctl/commandes/verbes.h"

namespace pdv::pdvctl {
namespace {

constexpr char kModele[] = R"({
  // Un dossier. Remplacer chaque A-REMPLIR, ôter ce qui ne sert pas, puis l'essayer sans rien écrire :
  //   pdvctl dossier creer CE-FICHIER --simulation --role=redacteur --organisation=$0
  // Déposé, il se change par « pdvctl dossier modifier NOM FICHIER », d'un fichier qui peut ne dire que
  // ce qui change.
  // Les commentaires (//) peuvent rester. Les montants sont en centimes d'euro : 60000 est 600,00 €.
  "action": {
    // Le nom du dossier. Avec lui, le fichier corrigé corrige le brouillon ; sans lui, le service en
    // choisit un, et le fichier corrigé fait un autre dossier.
    // "name": "actions/$2-numero-0001",
    "intitule": "A-REMPLIR",
    "objet": "A-REMPLIR",
    "porteur": "$0",
    "contrat": "$1",
$3    "exercice": $2,
    // TYPE_ACTION_ACTION, TYPE_ACTION_POSTE_ADULTE_RELAIS, TYPE_ACTION_POSTE_FONJEP, TYPE_ACTION_INGENIERIE
    "type": "TYPE_ACTION_ACTION",
    "date_debut": {"year": $2, "month": 1, "day": 1},
    "date_fin": {"year": $2, "month": 12, "day": 31},
    // Une thématique de la nomenclature du contrat : nomenclatures/piliers-2015-2023/thematiques/education
    "thematique": "nomenclatures/A-REMPLIR/thematiques/A-REMPLIR",
    // Les quartiers servis, et leur part : 10000 en tout.
    // "quartiers": [{"qpv": "qpv/qn03401m", "part_points": 10000}],
    // Les réponses aux critères de l'appel, et les documents du porteur qu'il demande (pdvctl document
    // envoyer).
    // "reponses": [{"critere": "mixite", "texte": "A-REMPLIR"}],
    // "pieces": [{"code": "rib", "document": "$0/documents/rib"}],
    // SEXE_FEMME, SEXE_HOMME ; TRANCHE_AGE_MOINS_DE_6, DE_6_A_15, DE_16_A_17, DE_18_A_25, DE_26_A_64,
    // DE_65_ET_PLUS. effectif_qpv : combien d'entre eux habitent un quartier prioritaire.
    "publics": [
      {"sexe": "SEXE_FEMME", "age": "TRANCHE_AGE_DE_6_A_15", "effectif": 10, "effectif_qpv": 5},
      {"sexe": "SEXE_HOMME", "age": "TRANCHE_AGE_DE_6_A_15", "effectif": 10, "effectif_qpv": 5}
    ]
  },
  // Le budget prévisionnel, sur les comptes du CERFA n° 12156 : les charges (60 à 69) égalent les
  // produits (70 à 79 et ressources propres), les contributions volontaires 86 égalent les 87.
  "budget": {
    "lignes": [
      {"compte": "641", "libelle": "Salaires", "montant_centimes": 100000},
      {"compte": "74etat", "libelle": "Politique de la ville", "montant_centimes": 60000,
       "financeur": "financeurs/etat"},
      {"compte": "propres", "libelle": "Fonds propres", "montant_centimes": 40000}
    ]
  },
  // Ce qui est demandé à chaque financeur, comme au budget (compte 74) : en crédits spécifiques de la
  // politique de la ville ou en droit commun (demande_droit_commun_centimes).
  "lignes": [
    {"financeur": "financeurs/etat", "demande_specifiques_centimes": 60000}
  ]
}
)";

constexpr char kModeleAppel[] = R"({
  // Un appel à projets. Remplacer chaque A-REMPLIR, ôter ce qui ne sert pas, puis :
  //   pdvctl appel creer CE-FICHIER --role=chef_projet
  //   pdvctl appel publier NOM --role=prefet
  // Publié, il ne change plus. Les commentaires (//) peuvent rester.
  "name": "appels/A-REMPLIR-$0",
  "libelle": "A-REMPLIR",
  "exercice": $0,
  // Les contrats de ville dont il prend les dossiers.
  "contrats": ["contrats/A-REMPLIR"],
  // Premier et dernier jours des dépôts, compris, à Paris.
  "date_ouverture": {"year": $1, "month": 10, "day": 1},
  "date_cloture": {"year": $1, "month": 12, "day": 15},
  // Part du public qui habite les quartiers, en points de base : 5000 est 50 %.
  // "part_qpv_min_points": 5000,
  // "financeurs": ["financeurs/etat"],
  // Ce que le porteur dit de chaque critère, et la note que les instructeurs peuvent lui donner.
  "criteres": [
    {"id": "mixite", "question": "Qui vient ?", "reponse_obligatoire": true, "note_max": 10}
  ]
}
)";

}  // namespace

std::string ModeleAppel(int exercice) {
  return absl::Substitute(kModeleAppel, exercice, exercice - 1);
}

int DireModeleAppel(const Arguments& arguments, Contexte& contexte) {
  contexte.sortie << ModeleAppel(
      static_cast<int>(arguments.Entier("exercice").value_or(AujourdhuiAParis().year() + 1)));
  return kReussite;
}

std::string ModeleDossier(const ChoixModele& choix) {
  const std::string appel = choix.appel.empty()
                                ? "    // L'appel à projets auquel il répond.\n"
                                  "    // \"appel\": \"appels/A-REMPLIR\",\n"
                                : absl::StrCat("    \"appel\": \"", choix.appel, "\",\n");
  return absl::Substitute(kModele, choix.porteur, choix.contrat, choix.exercice, appel);
}

int DireModele(const Arguments& arguments, Contexte& contexte) {
  ChoixModele choix;
  if (const auto name = arguments.Texte("porteur")) choix.porteur = NomComplet("porteurs", *name);
  if (const auto name = arguments.Texte("contrat")) choix.contrat = NomComplet("contrats", *name);
  if (const auto name = arguments.Texte("appel")) choix.appel = NomComplet("appels", *name);
  choix.exercice =
      static_cast<int>(arguments.Entier("exercice").value_or(AujourdhuiAParis().year()));
  contexte.sortie << ModeleDossier(choix);
  return kReussite;
}

}  // namespace pdv::pdvctl
