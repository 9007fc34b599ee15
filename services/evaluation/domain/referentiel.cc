#include "services/evaluation/domain/referentiel.h"

#include "absl/strings/str_cat.h"

namespace pdv::evaluation {
namespace {

struct Entree {
  const char* code;
  const char* libelle;
  const char* definition;
  const char* unite;
  v1::NatureIndicateur nature;
  v1::Polarite polarite;
  v1::Agregation agregation;
  const char* source;
};

constexpr Entree kEntrees[] = {
    {"revenu-median", "Revenu disponible médian",
     "Revenu disponible annuel médian par unité de consommation.", "EUR",
     v1::NATURE_INDICATEUR_CONTEXTE, v1::POLARITE_CROISSANTE, v1::AGREGATION_DERNIER,
     "INSEE, Filosofi"},
    {"part-minima-sociaux", "Part des minima sociaux",
     "Part des minima sociaux dans le revenu disponible.", "%", v1::NATURE_INDICATEUR_CONTEXTE,
     v1::POLARITE_DECROISSANTE, v1::AGREGATION_DERNIER, "INSEE, Filosofi"},
    {"taux-chomage", "Taux de chômage localisé",
     "Taux de chômage trimestriel, corrigé des variations saisonnières, de la zone d'emploi.", "%",
     v1::NATURE_INDICATEUR_CONTEXTE, v1::POLARITE_DECROISSANTE, v1::AGREGATION_DERNIER,
     "INSEE, taux de chômage localisés"},
    {"beneficiaires", "Bénéficiaires", "Personnes distinctes touchées par l'action.", "personnes",
     v1::NATURE_INDICATEUR_REALISATION, v1::POLARITE_CROISSANTE, v1::AGREGATION_SOMME, "Porteur"},
    {"part-public-qpv", "Part de public des quartiers",
     "Part des bénéficiaires qui habitent un quartier prioritaire.", "%",
     v1::NATURE_INDICATEUR_RESULTAT, v1::POLARITE_CROISSANTE, v1::AGREGATION_MOYENNE_PONDEREE,
     "Porteur"},
    {"cout-par-beneficiaire", "Coût par bénéficiaire",
     "Coût total de l'action divisé par ses bénéficiaires.", "EUR", v1::NATURE_INDICATEUR_RESULTAT,
     v1::POLARITE_DECROISSANTE, v1::AGREGATION_MOYENNE_PONDEREE, "Compte rendu financier et bilan"},
};

}  // namespace

std::vector<v1::Indicateur> Indicateurs() {
  std::vector<v1::Indicateur> all;
  for (const Entree& entree : kEntrees) {
    v1::Indicateur i;
    i.set_name(absl::StrCat("indicateurs/", entree.code));
    i.set_code(entree.code);
    i.set_libelle(entree.libelle);
    i.set_definition(entree.definition);
    i.set_unite(entree.unite);
    i.set_nature(entree.nature);
    i.set_polarite(entree.polarite);
    i.set_agregation(entree.agregation);
    if (entree.nature != v1::NATURE_INDICATEUR_CONTEXTE) {
      i.add_desagregations("sexe");
      i.add_desagregations("age");
    }
    // Beneficiaries are the only ones that calls for projects ask by quartier.
    if (entree.agregation == v1::AGREGATION_SOMME) i.add_desagregations("qpv");
    i.set_version(1);
    i.set_source(entree.source);
    all.push_back(std::move(i));
  }
  return all;
}

}  // namespace pdv::evaluation
