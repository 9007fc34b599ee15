#include "services/pdvctl/arguments/arguments.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/types/nom.h"

namespace pdv::pdvctl {
namespace {

constexpr int kExerciceMin = 1990;
constexpr int kExerciceMax = 2100;

bool SontDesChiffres(std::string_view texte, size_t max) {
  return !texte.empty() && texte.size() <= max &&
         texte.find_first_not_of("0123456789") == std::string_view::npos;
}

bool EstParmi(const std::vector<std::string>& liste, std::string_view mot) {
  return std::find(liste.begin(), liste.end(), mot) != liste.end();
}

std::string Suggestion(std::string_view mot, const std::vector<std::string>& connus) {
  const std::string proche = PlusProche(mot, connus);
  return proche.empty() ? "" : " : vouliez-vous dire « " + proche + " » ?";
}

// Why `valeur` is refused by the option, "" where it is accepted.
std::string Refus(const OptionDeclaree& option, const std::string& valeur) {
  switch (option.genre) {
    case GenreOption::kDrapeau:
      return "";
    case GenreOption::kTexte:
      return valeur.empty() ? "attend une valeur" : "";
    case GenreOption::kEntier:
      return SontDesChiffres(valeur, 18) ? "" : "attend un entier";
    case GenreOption::kChoix:
      if (EstParmi(option.choix, valeur)) return "";
      return absl::StrCat("attend ", absl::StrJoin(option.choix, ", "));
    case GenreOption::kExercices:
      return LireExercices(valeur) ? "" : "attend AAAA ou AAAA-AAAA, dans l'ordre";
  }
  return "";
}

}  // namespace

// One reading of a command line: violations pile up, nothing stops at the first.
class Analyse {
 public:
  Analyse(const CommandeDeclaree& commande, const std::vector<std::string>& mots)
      : commande_(commande), mots_(mots) {}

  absl::StatusOr<Arguments> Faire() {
    for (rang_ = 0; rang_ < mots_.size(); ++rang_) {
      const std::string& mot = mots_[rang_];
      if (!fin_des_options_ && mot == "--") {
        fin_des_options_ = true;
      } else if (!fin_des_options_ && mot.size() > 1 && mot[0] == '-') {
        LireOption(mot);
      } else {
        libres_.push_back(mot);
      }
    }
    Ranger();
    Controler();
    if (violations_.empty()) return std::move(lus_);
    return absl::InvalidArgumentError(absl::StrJoin(violations_, "\n"));
  }

 private:
  void LireOption(const std::string& mot) {
    const size_t egal = std::min(mot.find('='), mot.size());
    const std::string nom = mot.compare(0, 2, "--") == 0 ? mot.substr(2, egal - 2) : "";
    const auto option = std::find_if(commande_.options.begin(), commande_.options.end(),
                                     [&](const OptionDeclaree& o) { return o.nom == nom; });
    if (option == commande_.options.end()) {
      std::vector<std::string> connus;
      for (const auto& declaree : commande_.options) connus.push_back("--" + declaree.nom);
      violations_.push_back(absl::StrCat("option inconnue « ", mot.substr(0, egal), " »",
                                         Suggestion(mot.substr(0, egal), connus)));
      return;
    }
    std::string valeur;
    if (egal < mot.size()) {
      valeur = mot.substr(egal + 1);
      if (option->genre == GenreOption::kDrapeau) {
        violations_.push_back(absl::StrCat("--", nom, " ne prend pas de valeur"));
      }
    } else if (option->genre != GenreOption::kDrapeau && rang_ + 1 < mots_.size() &&
               mots_[rang_ + 1].compare(0, 2, "--") != 0) {
      valeur = mots_[++rang_];
    }
    if (const std::string refus = Refus(*option, valeur); !refus.empty()) {
      violations_.push_back(
          absl::StrCat("--", nom, " ", refus, valeur.empty() ? "" : ", pas « " + valeur + " »"));
    }
    std::vector<std::string>& valeurs = lus_.options_[nom];
    valeurs.push_back(valeur);
    if (valeurs.size() > 1 && !option->repetee) {
      violations_.push_back(absl::StrCat("--", nom, " est donnée deux fois"));
    }
  }

  // Positional words to declared arguments, in order.
  void Ranger() {
    size_t rang = 0;
    for (const ArgumentDeclare& argument : commande_.arguments) {
      auto& valeurs = lus_.arguments_[argument.nom];
      while (rang < libres_.size() && (argument.repete || valeurs.empty())) {
        valeurs.push_back(Choisir(argument, libres_[rang++]));
      }
      if (argument.obligatoire && valeurs.empty()) {
        const std::string choix = absl::StrJoin(argument.choix, ", ");
        violations_.push_back(absl::StrCat(argument.nom, " manque : ", argument.aide,
                                           choix.empty() ? "" : " (" + choix + ")"));
      }
    }
    for (; rang < libres_.size(); ++rang) {
      violations_.push_back(absl::StrCat("« ", libres_[rang], " » est de trop"));
    }
  }

  // « évaluer » is `evaluer`: people write the verbs as they are spelt.
  std::string Choisir(const ArgumentDeclare& argument, const std::string& mot) {
    if (argument.choix.empty() || EstParmi(argument.choix, mot)) return mot;
    const std::string sans_accent = types::IdentifiantDe(mot);
    if (EstParmi(argument.choix, sans_accent)) return sans_accent;
    const std::string suggestion = Suggestion(sans_accent, argument.choix);
    violations_.push_back(absl::StrCat(
        argument.nom, " « ", mot, " » inconnu",
        suggestion.empty() ? ", attendu : " + absl::StrJoin(argument.choix, ", ") : suggestion));
    return mot;
  }

  void Controler() {
    for (const OptionDeclaree& option : commande_.options) {
      if (option.obligatoire && lus_.options_.count(option.nom) == 0) {
        violations_.push_back(absl::StrCat("--", option.nom, " manque : ", option.aide));
      }
    }
    for (const auto& groupe : commande_.exclusives) {
      std::vector<std::string> donnees;
      for (const std::string& nom : groupe) {
        if (lus_.options_.count(nom) > 0) donnees.push_back("--" + nom);
      }
      if (donnees.size() > 1) {
        violations_.push_back(absl::StrCat(absl::StrJoin(donnees, " et "), " s'excluent"));
      }
    }
  }

  const CommandeDeclaree& commande_;
  const std::vector<std::string>& mots_;
  size_t rang_ = 0;
  bool fin_des_options_ = false;
  std::vector<std::string> libres_;
  std::vector<std::string> violations_;
  Arguments lus_;
};

absl::StatusOr<Arguments> Analyser(const CommandeDeclaree& commande,
                                   const std::vector<std::string>& mots) {
  return Analyse(commande, mots).Faire();
}

std::optional<Exercices> LireExercices(std::string_view texte) {
  const auto annee = [](std::string_view chiffres) {
    int lu = 0;
    if (chiffres.size() == 4 && SontDesChiffres(chiffres, 4)) {
      std::from_chars(chiffres.data(), chiffres.data() + 4, lu);
    }
    return lu;
  };
  const size_t tiret = texte.find('-');
  Exercices lus;
  lus.premier = annee(texte.substr(0, tiret));
  lus.dernier = tiret == std::string_view::npos ? lus.premier : annee(texte.substr(tiret + 1));
  const bool bons =
      lus.premier >= kExerciceMin && lus.dernier <= kExerciceMax && lus.premier <= lus.dernier;
  return bons ? std::optional<Exercices>(lus) : std::nullopt;
}

const std::vector<std::string>& Arguments::Valeurs(std::string_view argument) const {
  static const std::vector<std::string> kAucune;
  const auto trouve = arguments_.find(argument);
  return trouve == arguments_.end() ? kAucune : trouve->second;
}

std::string Arguments::Valeur(std::string_view argument) const {
  const auto& valeurs = Valeurs(argument);
  return valeurs.empty() ? "" : valeurs.front();
}

const std::vector<std::string>& Arguments::Textes(std::string_view option) const {
  static const std::vector<std::string> kAucun;
  const auto trouve = options_.find(option);
  return trouve == options_.end() ? kAucun : trouve->second;
}

std::optional<std::string> Arguments::Texte(std::string_view option) const {
  const auto& valeurs = Textes(option);
  return valeurs.empty() ? std::nullopt : std::optional<std::string>(valeurs.front());
}

std::string Arguments::TexteOu(std::string_view option, std::string_view sinon) const {
  return Texte(option).value_or(std::string(sinon));
}

std::optional<int64_t> Arguments::Entier(std::string_view option) const {
  const auto texte = Texte(option);
  if (!texte || !SontDesChiffres(*texte, 18)) return std::nullopt;
  int64_t lu = 0;
  std::from_chars(texte->data(), texte->data() + texte->size(), lu);
  return lu;
}

std::optional<Exercices> Arguments::LesExercices(std::string_view option) const {
  const auto texte = Texte(option);
  return texte ? LireExercices(*texte) : std::nullopt;
}

}  // namespace pdv::pdvctl
