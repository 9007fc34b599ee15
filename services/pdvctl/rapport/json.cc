#include <nlohmann/json.hpp>

#include "services/pdvctl/rapport/rapport.h"

namespace pdv::pdvctl {

using nlohmann::ordered_json;

ordered_json RapportImport::EnJson() const {
  const auto lister = [this](const std::vector<ConstatSitue>& liste) {
    ordered_json sortie = ordered_json::array();
    for (const auto& [fichier, constat] : liste) {
      sortie.push_back({{"fichier", fichiers_.empty() ? "" : fichiers_[fichier].chemin},
                        {"ligne", constat.ligne},
                        {"colonne", constat.colonne},
                        {"champ", constat.champ},
                        {"valeur", constat.valeur},
                        {"motif", constat.motif}});
    }
    return sortie;
  };
  ordered_json fichiers = ordered_json::array();
  for (const FichierLu& fichier : fichiers_) {
    fichiers.push_back({{"chemin", fichier.chemin},
                        {"encodage", fichier.encodage},
                        {"separateur", fichier.separateur},
                        {"avertissements", fichier.avertissements},
                        {"illisible", fichier.illisible}});
  }
  ordered_json totaux = ordered_json::array();
  for (const auto& [libelle, centimes] : totaux_) {
    totaux.push_back({{"libelle", libelle}, {"centimes", centimes}});
  }
  return {{"type", type_},
          {"simulation", simulation_},
          {"fichiers", fichiers},
          {"lues", lues_},
          {"creees", nombre(IssueLigne::kCreee)},
          {"mises_a_jour", nombre(IssueLigne::kMiseAJour)},
          {"inchangees", nombre(IssueLigne::kInchangee)},
          {"reparees", reparees_},
          {"rejetees", nombre(IssueLigne::kRejetee)},
          {"totaux", totaux},
          {"rejets", lister(rejets_)},
          {"avertissements", lister(avertissements_)},
          {"constats_omis", constats_omis_},
          {"code_sortie", CodeSortie()}};
}

}  // namespace pdv::pdvctl
