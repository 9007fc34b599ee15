#ifndef PDV_SERVICES_FINANCEMENT_DOMAIN_OBJETS_H_
#define PDV_SERVICES_FINANCEMENT_DOMAIN_OBJETS_H_

#include <string>
#include <string_view>
#include <vector>

namespace pdv::financement {

// What a title or a published object says, for comparison: its words in lower case without accents,
// sorted, each once. `propres` are those that tell one thing from another: not articles, not years,
// and not what every subvention says of itself ("subvention", "fonctionnement", "association"…).
// `numeros` are those of them that bear a figure: the number of a post, "3eme", "u9".
struct Objet {
  std::vector<std::string> mots;
  std::vector<std::string> propres;
  std::vector<std::string> numeros;
};

Objet LireObjet(std::string_view texte);

// Whether two texts look like the same thing: three fifths of their own words or more are common to
// both, and numbers of both have one in common (two posts differ by their number alone); texts
// without words of their own are the same if all their words are. Symmetric, not transitive. A
// likeness, for a person to look at, never a proof.
bool MemeObjet(const Objet& a, const Objet& b);

// Puts together what `meme` finds the same as the first of a group. In order; O(n × groups).
template <class T, class Meme>
std::vector<std::vector<T>> Grouper(const std::vector<T>& tous, Meme meme) {
  std::vector<std::vector<T>> groupes;
  for (const T& un : tous) {
    auto groupe = groupes.begin();
    while (groupe != groupes.end() && !meme(groupe->front(), un)) ++groupe;
    if (groupe == groupes.end()) groupe = groupes.emplace(groupe);
    groupe->push_back(un);
  }
  return groupes;
}

}  // namespace pdv::financement

#endif  // PDV_SERVICES_FINANCEMENT_DOMAIN_OBJETS_H_
