#include "services/pdvctl/rapport/groupes.h"

#include <algorithm>
#include <map>
#include <utility>

#include "services/pdvctl/affichage/largeur.h"
#include "services/pdvctl/affichage/nombres.h"

namespace pdv::pdvctl {
namespace {

constexpr size_t kLignesCitees = 5;
constexpr size_t kGroupesCites = 20;
constexpr size_t kValeurCitee = 40;

struct Groupe {
  std::string champ;
  std::string motif;
  int64_t nombre = 0;
  std::string exemple;
  std::vector<std::string> places;  // the first ones, each line once
  bool incomplet = false;
};

std::string Place(int64_t ligne, const std::string& chemin) {
  if (chemin.empty()) return EntierFr(ligne);
  return chemin.substr(chemin.find_last_of('/') + 1) + ":" + std::to_string(ligne);
}

std::string Phrase(const Groupe& groupe) {
  std::string phrase = EntierFr(groupe.nombre) + " × ";
  if (!groupe.champ.empty()) phrase += groupe.champ + " : ";
  phrase += groupe.motif;
  if (phrase.back() == '.') phrase.pop_back();  // the sentence goes on
  if (!groupe.exemple.empty()) {
    phrase += " (« " + Tronquer(Assainir(groupe.exemple), kValeurCitee) + " »";
    phrase += groupe.nombre > 1 ? " par exemple)" : ")";
  }
  phrase += groupe.places.size() > 1 ? ", lignes " : ", ligne ";
  for (size_t i = 0; i < groupe.places.size(); ++i)
    phrase += (i > 0 ? ", " : "") + groupe.places[i];
  return phrase + (groupe.incomplet ? "…" : "");
}

}  // namespace

std::string RendreGroupes(const std::vector<ConstatSitue>& constats,
                          const std::vector<std::string>& fichiers, Style style,
                          const Terminal& terminal) {
  std::map<std::pair<std::string, std::string>, size_t> rangs;
  std::vector<Groupe> groupes;
  for (const auto& [fichier, constat] : constats) {
    const auto [trouve, nouveau] =
        rangs.try_emplace({constat.champ, constat.motif}, groupes.size());
    if (nouveau) groupes.push_back({constat.champ, constat.motif, 0, constat.valeur, {}, false});
    Groupe& groupe = groupes[trouve->second];
    ++groupe.nombre;
    const std::string place = Place(constat.ligne, fichiers.size() > 1 ? fichiers[fichier] : "");
    if (!groupe.places.empty() && groupe.places.back() == place) continue;
    if (groupe.places.size() < kLignesCitees) {
      groupe.places.push_back(place);
    } else {
      groupe.incomplet = true;
    }
  }
  std::stable_sort(groupes.begin(), groupes.end(),
                   [](const Groupe& a, const Groupe& b) { return a.nombre > b.nombre; });
  std::string sortie;
  for (size_t i = 0; i < std::min(groupes.size(), kGroupesCites); ++i) {
    std::string marge = "  ";
    for (const std::string& ligne :
         Plier(Phrase(groupes[i]), terminal.largeur == 0 ? 0 : terminal.largeur - 4)) {
      sortie += marge + Styler(ligne, style, terminal) + "\n";
      marge = "    ";
    }
  }
  if (groupes.size() > kGroupesCites) {
    sortie += "  et " +
              CompterFr(static_cast<int64_t>(groupes.size() - kGroupesCites), "autre motif",
                        "autres motifs") +
              " (tous dans --rapport=FICHIER.json)\n";
  }
  return sortie;
}

}  // namespace pdv::pdvctl
