#include "services/contrats/store/contraintes.h"

#include "common/pg/error.h"

namespace pdv::contrats {
namespace {

constexpr char kNom[] = "Le nom de la ressource ne porte pas son code.";
constexpr char kPeriode[] = "La fin de validité vient après son début.";
constexpr char kSigne[] = "Ce contrat est signé : il ne change plus que par avenant.";
constexpr char kAvenantSigne[] = "Cet avenant est signé : il ne change plus.";

}  // namespace

const Contrainte kContraintes[] = {
    {"region_nom", "CODE_INCOHERENT", kNom},
    {"departement_nom", "CODE_INCOHERENT", kNom},
    {"commune_nom", "CODE_INCOHERENT", kNom},
    {"epci_nom", "CODE_INCOHERENT", kNom},
    {"qpv_nom", "CODE_INCOHERENT", kNom},
    {"qpv_generation", "CODE_INCOHERENT", "La génération d'un quartier se lit dans son code."},
    {"contrat_nom", "CODE_INCOHERENT", kNom},
    {"revision_contrat_nom", "CODE_INCOHERENT", kNom},
    {"commune_periode", "DATES_INCOHERENTES", kPeriode},
    {"appartenance_periode", "DATES_INCOHERENTES", kPeriode},
    {"qpv_periode", "DATES_INCOHERENTES", kPeriode},
    {"nomenclature_periode", "DATES_INCOHERENTES", kPeriode},
    {"labellisation_periode", "DATES_INCOHERENTES", kPeriode},
    {"contrat_dates", "DATES_INCOHERENTES", "Le contrat finit avant de commencer."},
    {"passage_autre", "CODE_INCOHERENT", "Un passage mène d'un quartier à un autre."},
    {"passage_parts", "PARTS_EXCESSIVES",
     "Les parts de l'ancien quartier dépassent le tout (10 000 points de base)."},
    {"thematique_arbre", "HIERARCHIE_INCOHERENTE",
     "Une thématique et celle du dessus sont de la même nomenclature."},
    {"thematique_niveau", "HIERARCHIE_INCOHERENTE",
     "Une nomenclature compte quatre niveaux au plus."},
    {"correspondance_autre", "HIERARCHIE_INCOHERENTE",
     "Une correspondance mène d'une nomenclature à une autre."},
    {"contrat_transition", "TRANSITION_INTERDITE", "Un contrat ne revient pas en arrière."},
    {"contrat_signe", "CONTRAT_SIGNE", kSigne},
    {"contrat_projet", "CONTRAT_SIGNE", kSigne},
    {"contrat_revision", "CONTRAT_SIGNE", "Une signature garde la version signée."},
    {"contrat_suppression", "CONTRAT_SIGNE", kSigne},
    {"revision_contrat_ajout_seul", "CONTRAT_SIGNE", "Une version signée ne change jamais."},
    {"avenant_signe", "AVENANT_SIGNE", kAvenantSigne},
    {"avenant_signature", "AVENANT_SIGNE", "Un avenant signé porte la date de sa signature."},
    {"avenant_suppression", "AVENANT_SIGNE", kAvenantSigne},
    {"instance_quartiers", "INSTANCE_INCOHERENTE",
     "Un conseil citoyen est celui d'un quartier au moins, les autres instances n'en ont pas."},
    {nullptr, nullptr, nullptr},
};

void DeclarerContraintes() {
  for (const Contrainte* c = kContraintes; c->nom != nullptr; ++c)
    pg::DeclareConstraint(c->nom, c->raison, c->message);
}

}  // namespace pdv::contrats
