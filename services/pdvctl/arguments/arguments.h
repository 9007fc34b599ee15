#ifndef PDV_SERVICES_PDVCTL_ARGUMENTS_ARGUMENTS_H_
#define PDV_SERVICES_PDVCTL_ARGUMENTS_ARGUMENTS_H_

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

namespace pdv::pdvctl {

// What an option accepts.
enum class GenreOption {
  kDrapeau,    // --simulation, no value
  kTexte,      // any text that is not empty
  kEntier,     // digits, 0 to 10^18 - 1
  kChoix,      // one of `choix`
  kExercices,  // AAAA or AAAA-AAAA, 1990 to 2100, in order
};

struct OptionDeclaree {
  std::string nom;  // without dashes
  GenreOption genre = GenreOption::kDrapeau;
  std::string valeur;  // how usage shows the value: "FICHIER"; "" takes the name of the kind
  std::string aide;    // one line, in French
  bool obligatoire = false;
  std::vector<std::string> choix;
  bool repetee = false;  // may be given several times: each value counts, in order
};

struct ArgumentDeclare {
  std::string nom;  // "FICHIER"
  std::string aide;
  bool obligatoire = true;
  bool repete = false;                  // the last one only: takes all that is left
  std::vector<std::string> choix;       // none: any text; typed with accents or without
  std::vector<std::string> aides = {};  // what each choice does; none: they are only listed
};

struct CommandeDeclaree {
  std::string nom;
  std::string resume;  // one line, in French
  std::vector<ArgumentDeclare> arguments;
  std::vector<OptionDeclaree> options;
  // Names of options of which one at most may be given.
  std::vector<std::vector<std::string>> exclusives;
};

struct Exercices {
  int premier = 0;
  int dernier = 0;  // included
};

// A command line that satisfied its declaration. Asking for a name that was not declared is a
// programmer's mistake and answers as if it were absent.
class Arguments {
 public:
  // Values of a positional argument; several where it repeats.
  const std::vector<std::string>& Valeurs(std::string_view argument) const;
  // First value of a positional argument, "" where it is absent.
  std::string Valeur(std::string_view argument) const;
  bool Drapeau(std::string_view option) const { return Texte(option).has_value(); }
  // Values of an option; several where it repeats.
  const std::vector<std::string>& Textes(std::string_view option) const;
  // First value of an option.
  std::optional<std::string> Texte(std::string_view option) const;
  std::string TexteOu(std::string_view option, std::string_view sinon) const;
  std::optional<int64_t> Entier(std::string_view option) const;
  std::optional<Exercices> LesExercices(std::string_view option) const;

 private:
  friend class Analyse;
  std::map<std::string, std::vector<std::string>, std::less<>> arguments_;
  std::map<std::string, std::vector<std::string>, std::less<>> options_;
};

// Reads what follows the name of the command: `--option`, `--option=valeur`, `--option valeur`, and
// `--` before arguments that start with dashes. INVALID_ARGUMENT lists every violation at once, one
// French sentence a line. Pure, thread-safe.
absl::StatusOr<Arguments> Analyser(const CommandeDeclaree& commande,
                                   const std::vector<std::string>& mots);

// "2020" or "2020-2023" -> years; nothing where it is neither.
std::optional<Exercices> LireExercices(std::string_view texte);

// The usage text of one command, in French, for a terminal of that width (0: no limit).
std::string Usage(std::string_view programme, const CommandeDeclaree& commande, size_t largeur = 0);

// Among `connus`, the one that `mot` most likely meant (two keystrokes away at most), "" for none.
std::string PlusProche(std::string_view mot, const std::vector<std::string>& connus);

}  // namespace pdv::pdvctl

#endif  // PDV_SERVICES_PDVCTL_ARGUMENTS_ARGUMENTS_H_
