#include "services/financement/domain/objets.h"

#include <algorithm>
#include <iterator>
#include <set>

#include "absl/strings/str_split.h"
#include "common/types/nom.h"

namespace pdv::financement {
namespace {

// Words that any subvention may bear.
const std::set<std::string>& Communs() {
  static const std::set<std::string> kMots = absl::StrSplit(
      "a au aux avec ce cette d dans de des du en et l la le les ou par pour s sa "
      "ses son sur un une action actions aide annee annuel annuelle association "
      "convention financement projet fonctionnement organisation participation "
      "realisation soutien titre subvention",
      ' ');
  return kMots;
}

bool EstChiffre(char c) { return c >= '0' && c <= '9'; }

bool EstAnnee(const std::string& mot) {
  return mot.size() == 4 && (mot.starts_with("19") || mot.starts_with("20")) &&
         std::all_of(mot.begin(), mot.end(), EstChiffre);
}

size_t EnCommun(const std::vector<std::string>& a, const std::vector<std::string>& b) {
  std::vector<std::string> communs;
  std::set_intersection(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(communs));
  return communs.size();
}

// The words of one run of text without blanks: accents and signs are taken off as in resource ids.
void Ajouter(std::string_view suite, std::set<std::string>& mots) {
  const std::string id = types::IdentifiantDe(suite);
  for (size_t debut = 0; debut < id.size();) {
    const size_t fin = std::min(id.find('-', debut), id.size());
    if (fin > debut) mots.insert(id.substr(debut, fin - debut));
    debut = fin + 1;
  }
}

}  // namespace

Objet LireObjet(std::string_view texte) {
  constexpr std::string_view kBlancs = " \t\r\n";
  std::set<std::string> mots;
  for (size_t debut = texte.find_first_not_of(kBlancs); debut != std::string_view::npos;) {
    const size_t fin = std::min(texte.find_first_of(kBlancs, debut), texte.size());
    Ajouter(texte.substr(debut, fin - debut), mots);
    debut = texte.find_first_not_of(kBlancs, fin);
  }
  Objet objet;
  for (const std::string& mot : mots) {
    objet.mots.push_back(mot);
    if (EstAnnee(mot) || Communs().contains(mot)) continue;
    objet.propres.push_back(mot);
    if (std::any_of(mot.begin(), mot.end(), EstChiffre)) objet.numeros.push_back(mot);
  }
  return objet;
}

bool MemeObjet(const Objet& a, const Objet& b) {
  if (a.propres.empty() || b.propres.empty())
    return a.propres.empty() && b.propres.empty() && !a.mots.empty() && a.mots == b.mots;
  if (!a.numeros.empty() && !b.numeros.empty() && EnCommun(a.numeros, b.numeros) == 0) return false;
  const size_t communs = EnCommun(a.propres, b.propres);
  return communs * 5 >= (a.propres.size() + b.propres.size() - communs) * 3;
}

}  // namespace pdv::financement
