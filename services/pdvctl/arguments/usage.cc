#include <algorithm>
#include <numeric>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "services/pdvctl/affichage/definitions.h"
#include "services/pdvctl/arguments/arguments.h"

namespace pdv::pdvctl {
namespace {

std::string ValeurMontree(const OptionDeclaree& option) {
  if (!option.valeur.empty()) return option.valeur;
  switch (option.genre) {
    case GenreOption::kDrapeau:
      return "";
    case GenreOption::kTexte:
      return "TEXTE";
    case GenreOption::kEntier:
      return "N";
    case GenreOption::kChoix:
      return absl::StrJoin(option.choix, "|");
    case GenreOption::kExercices:
      return "AAAA[-AAAA]";
  }
  return "";
}

std::string OptionMontree(const OptionDeclaree& option) {
  const std::string valeur = ValeurMontree(option);
  return absl::StrCat("--", option.nom, valeur.empty() ? "" : "=", valeur,
                      option.repetee ? "…" : "");
}

std::string ArgumentMontre(const ArgumentDeclare& argument) {
  const std::string nom = argument.nom + (argument.repete ? "…" : "");
  return argument.obligatoire ? nom : "[" + nom + "]";
}

// Insertions, deletions and substitutions from one word to the other.
size_t Distance(std::string_view a, std::string_view b) {
  std::vector<size_t> precedente(b.size() + 1);
  std::iota(precedente.begin(), precedente.end(), 0);
  for (size_t i = 0; i < a.size(); ++i) {
    std::vector<size_t> courante(b.size() + 1, i + 1);
    for (size_t j = 0; j < b.size(); ++j) {
      courante[j + 1] = std::min(
          {precedente[j + 1] + 1, courante[j] + 1, precedente[j] + (a[i] == b[j] ? 0 : 1)});
    }
    precedente = std::move(courante);
  }
  return precedente.back();
}

}  // namespace

std::string Usage(std::string_view programme, const CommandeDeclaree& commande, size_t largeur) {
  std::string sortie = PlierLignes(commande.resume, largeur);
  std::string appel = absl::StrCat("Usage : ", std::string(programme), " ", commande.nom);
  for (const auto& argument : commande.arguments)
    absl::StrAppend(&appel, " ", ArgumentMontre(argument));
  std::vector<Definition> verbes, reste;
  for (const auto& argument : commande.arguments) {
    std::string aide = argument.aide;
    if (argument.aides.empty() && !argument.choix.empty())
      absl::StrAppend(&aide, " : ", absl::StrJoin(argument.choix, ", "));
    reste.push_back({argument.nom, std::move(aide)});
    for (size_t i = 0; i < argument.aides.size(); ++i)
      verbes.push_back({argument.choix[i], argument.aides[i]});
  }
  for (const auto& option : commande.options) {
    if (option.obligatoire) absl::StrAppend(&appel, " ", OptionMontree(option));
    reste.push_back({OptionMontree(option), option.aide});
  }
  if (!commande.options.empty()) appel += " [options]";
  absl::StrAppend(&sortie, "\n", PlierLignes(appel, largeur), "\n");
  if (!verbes.empty()) absl::StrAppend(&sortie, RendreDefinitions(verbes, largeur), "\n");
  return sortie + RendreDefinitions(reste, largeur);
}

std::string PlusProche(std::string_view mot, const std::vector<std::string>& connus) {
  constexpr size_t kMax = 2;
  std::string meilleur;
  size_t distance = kMax + 1;
  for (const std::string& connu : connus) {
    const size_t d = Distance(mot, connu);
    // A word of two letters is at two keystrokes of anything.
    if (d < distance && d < connu.size()) {
      distance = d;
      meilleur = connu;
    }
  }
  return meilleur;
}

}  // namespace pdv::pdvctl
